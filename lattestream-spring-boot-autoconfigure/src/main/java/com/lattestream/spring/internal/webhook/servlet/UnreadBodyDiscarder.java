package com.lattestream.spring.internal.webhook.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;

/**
 * Sends the response to a request whose body has not been read, without waiting for the body on a thread of the
 * container. When a request ends, Tomcat reads the rest of its body, and blocks a thread for as long as the client
 * takes to send it, unless a read listener is set. Therefore, the response is sent immediately, and the connection is
 * closed after a moment in which further bytes are discarded without blocking: if it were closed while the client is
 * sending, the client might not receive the response.
 */
final class UnreadBodyDiscarder extends AsyncCompletionListener implements ReadListener {

    private static final Logger logger = LoggerFactory.getLogger(UnreadBodyDiscarder.class);

    private static final long DISCARD_TIMEOUT_MILLIS = 1000;

    private final ServletInputStream input;

    private final AsyncContext async;

    private final BoundedDiscard discard = new BoundedDiscard();

    private boolean ended;

    private UnreadBodyDiscarder(ServletInputStream input, AsyncContext async) {
        this.input = input;
        this.async = async;
    }

    /**
     * Sends the response and ends the request.
     * @param request a request whose body has not been read completely
     * @param response the response, whose status and headers are set
     */
    static void discard(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!RequestBodies.canReadAsynchronously(request)) {
            return;
        }
        ServletInputStream input;
        try {
            if (RequestBodies.hasArrived(request)) {
                return;
            }
            input = request.getInputStream();
        } catch (IllegalStateException ex) {
            logger.debug("The body of a refused request is read by a filter", ex);
            return;
        }
        closeConnectionAfterResponse(request, response);
        AsyncContext async = request.startAsync();
        async.setTimeout(DISCARD_TIMEOUT_MILLIS);
        UnreadBodyDiscarder unread = new UnreadBodyDiscarder(input, async);
        async.addListener(unread);
        response.flushBuffer();
        try {
            input.setReadListener(unread);
        } catch (RuntimeException ex) {
            logger.debug("The body of a refused request cannot be discarded without blocking", ex);
            unread.end();
        }
    }

    /**
     * Sets the headers of an empty response after which the connection is closed, because the rest of the body would be
     * interpreted as a request.
     */
    static void closeConnectionAfterResponse(HttpServletRequest request, HttpServletResponse response) {
        response.setContentLength(0);
        if (request.getProtocol().startsWith("HTTP/1")) {
            response.setHeader(HttpHeaders.CONNECTION, "close");
        }
    }

    // Jetty reports an error to the read listener only, Tomcat to both listeners
    private void end() {
        if (!ended) {
            ended = true;
            async.complete();
        }
    }

    @Override
    public void onDataAvailable() throws IOException {
        if (discard.discardAvailable(input)) {
            end();
        }
    }

    @Override
    public void onAllDataRead() {
        end();
    }

    @Override
    public void onError(Throwable error) {
        logger.debug("The connection of a refused request failed", error);
        end();
    }

    @Override
    void onFailure() {
        end();
    }
}
