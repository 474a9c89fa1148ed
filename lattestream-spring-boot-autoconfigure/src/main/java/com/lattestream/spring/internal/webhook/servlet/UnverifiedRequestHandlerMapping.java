package com.lattestream.spring.internal.webhook.servlet;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Maps unverified requests on the path of webhooks, however it is spelled, to their refusal, before any other handler
 * mapping. {@link WebhookHandlerInterceptor} decides by the handler, but handler mappings that are not built on Spring's
 * own have no interceptors. Thread-safe.
 */
public final class UnverifiedRequestHandlerMapping implements HandlerMapping, PriorityOrdered {

    private final UnverifiedRequestHandler refusal;

    /**
     * Creates a mapping.
     * @param refusal decides and answers
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
