package com.lattestream.spring.internal.webhook.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses unverified requests that reach a handler of webhooks, regardless of their URL, of dispatches and of filters.
 * Thread-safe.
 */
public final class WebhookHandlerInterceptor implements HandlerInterceptor {

    private final UnverifiedRequestHandler refusal;

    /**
     * Creates an interceptor.
     * @param refusal determines which requests are refused, and responds to them
     */
    public WebhookHandlerInterceptor(UnverifiedRequestHandler refusal) {
        this.refusal = refusal;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        if (!refusal.isRefused(request, handler)) {
            return true;
        }
        refusal.handleRequest(request, response);
        return false;
    }
}
