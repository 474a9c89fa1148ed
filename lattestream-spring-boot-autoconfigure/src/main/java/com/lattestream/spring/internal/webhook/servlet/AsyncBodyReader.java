package com.lattestream.spring.internal.webhook.servlet;

import com.lattestream.spring.internal.webhook.UnverifiedBodyLimiter;
import com.lattestream.spring.internal.webhook.WebhookOutcomeListener.Outcome;
import com.lattestream.spring.internal.webhook.WebhookProcessor;
import com.lattestream.spring.internal.webhook.WebhookVerifier;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a body without occupying a thread while waiting for the client, within the time for the whole body. If the body
 * is signed, the request is dispatched again and obtains it with {@link #takeSignedBody}; otherwise a response is sent.
 * The container calls one method at a time.
 */
final class AsyncBodyReader extends AsyncCompletionListener implements ReadListener {

    private static final Logger logger = LoggerFactory.getLogger(AsyncBodyReader.class);

    private static final String SIGNED_BODY = SignedBody.class.getName();

    private final HttpServletRequest request;

    private final HttpServletResponse response;

    private final UnverifiedBodyLimiter.Body body;

    private final WebhookProcessor processor;

    private final WebhookResponses responses;

    private final ServletInputStream input;

    private final AsyncContext async;

    private @Nullable BoundedDiscard discard;

    private boolean ended;

    private AsyncBodyReader(
            UnverifiedBodyLimiter.Body body,
            HttpServletRequest request,
            HttpServletResponse response,
            WebhookProcessor processor)
            throws IOException {
        this.request = request;
        this.response = response;
        this.body = body;
        this.processor = processor;
        this.responses = new WebhookResponses(processor);
        this.input = request.getInputStream();
        this.async = request.startAsync();
    }

    /**
     * Starts reading.
     * @param body the body; closed after it has been read and verified, or refused
     * @param timeout maximum time for the whole body
     */
    static void start(
            UnverifiedBodyLimiter.Body body,
            Duration timeout,
            HttpServletRequest request,
            HttpServletResponse response,
            WebhookProcessor processor)
            throws IOException {
        try {
            AsyncBodyReader reader = new AsyncBodyReader(body, request, response, processor);
            reader.async.setTimeout(timeout.toMillis());
            reader.async.addListener(reader);
            reader.start();
        } catch (IOException | RuntimeException ex) {
            body.close();
            throw ex;
        }
    }

    private void start() throws IOException {
        try {
            input.setReadListener(this);
        } catch (RuntimeException ex) {
            logger.debug("A filter has wrapped the request so that its body can only be read by blocking", ex);
            readBlocking();
        }
    }

    /** Returns the body that was read in an earlier dispatch of the request, if any, and removes it. */
    static byte @Nullable [] takeSignedBody(ServletRequest request) {
        if (request.getAttribute(SIGNED_BODY) instanceof SignedBody signed) {
            request.removeAttribute(SIGNED_BODY);
            return signed.bytes();
        }
        return null;
    }

    private void readBlocking() throws IOException {
        Outcome failure = BlockingBodyReader.read(request, body);
        if (failure == null) {
            onAllDataRead();
        } else {
            refuse(failure);
            end();
        }
    }

    @Override
    public void onDataAvailable() throws IOException {
        byte[] buffer = new byte[4096];
        while (discard == null && input.isReady() && !input.isFinished()) {
            int read = input.read(buffer);
            if (read < 0) {
                return;
            }
            if (!body.append(buffer, read)) {
                refuse(Outcome.OVERSIZED);
                response.flushBuffer();
            }
        }
        if (discard != null && discard.discardAvailable(input)) {
            end();
        }
    }

    @Override
    public void onAllDataRead() {
        if (discard == null && isSigned()) {
            ended = true;
            async.dispatch();
        } else {
            end();
        }
    }

    private boolean isSigned() {
        try (body) {
            byte[] bytes = body.bytes();
            if (processor.isSigned(bytes, request.getHeader(WebhookVerifier.SIGNATURE_HEADER))) {
                request.setAttribute(SIGNED_BODY, new SignedBody(bytes));
                return true;
            }
        }
        responses.reject(response, Outcome.INVALID_SIGNATURE);
        return false;
    }

    // further bytes are discarded from now on
    private void refuse(Outcome outcome) {
        body.close();
        discard = new BoundedDiscard();
        UnreadBodyDiscarder.closeConnectionAfterResponse(request, response);
        responses.reject(response, outcome);
    }

    private void end() {
        ended = true;
        body.close();
        async.complete();
    }

    @Override
    public void onError(Throwable error) {
        logger.debug("The body of a webhook did not arrive completely", error);
        onFailure();
    }

    // Jetty reports an error to the read listener only, Tomcat to both listeners
    @Override
    void onFailure() {
        if (ended) {
            return;
        }
        if (discard == null) {
            refuse(Outcome.INCOMPLETE);
        }
        end();
    }

    @Override
    void onCompletion() {
        body.close();
    }

    /** A body with a valid signature, to be dispatched. Only this class can create it. */
    private record SignedBody(byte[] bytes) {}
}
