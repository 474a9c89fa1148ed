package com.lattestream.spring.internal.webhook.servlet;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Maps unverified requests on the path of webhooks, in all notations, to a handler that refuses them, before any other
 * handler mapping. {@link WebhookHandlerInterceptor} checks the matched handler, but handler mappings that do not
 * extend Spring's own have no interceptors. Thread-safe.
 */
public final class UnverifiedRequestHandlerMapping implements HandlerMapping, PriorityOrdered {

    private final UnverifiedRequestHandler refusal;

    /**
     * Creates a mapping.
     * @param refusal determines which requests are refused, and responds to them
     */
    public UnverifiedRequestHandlerMapping(UnverifiedRequestHandler refusal) {
        this.refusal = refusal;
    }

    @Override
    public @Nullable HandlerExecutionChain getHandler(HttpServletRequest request) {
        return refusal.isRefused(request) ? new HandlerExecutionChain(refusal) : null;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
