package com.lattestream.spring.internal.auth.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.filter.ShallowEtagHeaderFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;
import org.springframework.web.util.WebUtils;

/** Writes responses to the servlet API, without a second dispatch of the request. */
final class ServletResponses {

    private static final Logger logger = LoggerFactory.getLogger(ServletResponses.class);

    // the server info of Spring's MockServletContext
    private static final String MOCK_SERVER = "MockServletContext";

    private ServletResponses() {}

    /**
     * Writes a response as soon as it is there: on the calling thread if it already is, otherwise on the thread that
     * completes it. Where the request does not support asynchronous processing, the calling thread waits. This includes
     * MockMvc, which supports only the asynchronous requests that Spring MVC dispatches a second time: a test would read
     * the response before it is there.
     * @param future the response, which completes within a bounded time and never with an exception
     */
    static void writeWhenComplete(
            CompletableFuture<ResponseEntity<byte[]>> future, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (future.isDone() || !supportsAsync(request)) {
            write(future.join(), response);
            return;
        }
        // this filter would buffer a response that is written later, and never send it
        ShallowEtagHeaderFilter.disableContentCaching(request);
        RequestCompletion completion = RequestCompletion.of(request);
        AsyncContext async = request.startAsync(request, response);
        // the future has a timeout of its own
        async.setTimeout(0);
        CompletableFuture.allOf(future, completion.leftByContainerThread()).thenRun(() -> {
            try {
                write(future.join(), response);
                copyCached(response);
            } catch (IOException | IllegalStateException ex) {
                // the browser has closed the connection, or a filter has ended the request with an error
                logger.debug("The response to a subscription could not be written", ex);
            } finally {
                async.complete();
            }
        });
    }

    private static boolean supportsAsync(HttpServletRequest request) {
        return request.isAsyncSupported()
                && !MOCK_SERVER.equals(request.getServletContext().getServerInfo());
    }

    // a filter that caches the body, usually for a log, has copied it to the response before there was one
    private static void copyCached(HttpServletResponse response) throws IOException {
        ContentCachingResponseWrapper cached =
                WebUtils.getNativeResponse(response, ContentCachingResponseWrapper.class);
        if (cached != null) {
            cached.copyBodyToResponse();
        }
    }

    static void write(ResponseEntity<byte[]> entity, HttpServletResponse response) throws IOException {
        response.setStatus(entity.getStatusCode().value());
        // set and not added: a filter may have set the same header on its way out
        entity.getHeaders().forEach((name, values) -> values.forEach(value -> response.setHeader(name, value)));
        byte[] body = entity.getBody();
        if (body != null) {
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }
    }
}
