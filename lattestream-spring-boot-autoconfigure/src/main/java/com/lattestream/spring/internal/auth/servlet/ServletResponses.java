package com.lattestream.spring.internal.auth.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
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

    // of the requests of MockMvc, also if it uses the context of a running server
    private static final String MOCK_PACKAGE = "org.springframework.mock.web.";

    private ServletResponses() {}

    /**
     * Writes a response as soon as it is complete: on the calling thread if it is already complete, otherwise on the
     * thread that completes it. If the request does not support asynchronous processing, the calling thread waits. It
     * also waits with MockMvc, which supports asynchronous requests only with a second dispatch by Spring MVC: a test
     * would read the response before it is written.
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
        CompletableFuture.allOf(future, completion.filtersCompleted()).thenRun(() -> {
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
        ServletRequest unwrapped = request;
        while (unwrapped instanceof ServletRequestWrapper wrapper) {
            unwrapped = wrapper.getRequest();
        }
        return request.isAsyncSupported() && !unwrapped.getClass().getName().startsWith(MOCK_PACKAGE);
    }

    // a filter that caches the body, usually for logging, has copied it to the response before the body was written
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
