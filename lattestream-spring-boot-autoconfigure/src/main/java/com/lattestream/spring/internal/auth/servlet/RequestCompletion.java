package com.lattestream.spring.internal.auth.servlet;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The time at which the container's thread has left the filters of a request. Filters such as Spring Security's write
 * headers on their way out, and a response must not be written by two threads at the same time.
 */
public final class RequestCompletion {

    private static final String ATTRIBUTE = RequestCompletion.class.getName();

    private final CompletableFuture<@Nullable Void> filtersCompleted = new CompletableFuture<>();

    private RequestCompletion() {}

    /**
     * Returns the completion of a request. Without the filter, it is complete, so that the response is written without
     * waiting.
     */
    static RequestCompletion of(ServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof RequestCompletion completion) {
            return completion;
        }
        RequestCompletion immediate = new RequestCompletion();
        immediate.filtersCompleted.complete(null);
        return immediate;
    }

    /** Returns a future that completes when the thread has left the filters. */
    CompletableFuture<@Nullable Void> filtersCompleted() {
        return filtersCompleted;
    }

    /**
     * Creates the filter that detects when the thread leaves. It must be the outermost filter.
     * @return a filter
     */
    public static Filter outermostFilter() {
        return new OutermostFilter();
    }

    private static final class OutermostFilter implements Filter {

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            RequestCompletion completion = new RequestCompletion();
            request.setAttribute(ATTRIBUTE, completion);
            try {
                chain.doFilter(request, response);
            } finally {
                completion.filtersCompleted.complete(null);
            }
        }
    }
}
