package com.lattestream.spring.internal.webhook.reactive;

import com.lattestream.core.internal.logging.RateLimitedLogger;
import com.lattestream.core.internal.validation.Quoted;
import com.lattestream.spring.internal.LockFreeSupplier;
import com.lattestream.spring.internal.webhook.WebhookOutcomeListener.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.web.reactive.HandlerAdapter;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Refuses unverified requests that reach a handler of webhooks, regardless of their URL and of filters. Spring WebFlux
 * has no interceptors, but calls each handler through the first adapter that supports it: this adapter, which then
 * calls the handler through the adapter that would otherwise have been the first. Thread-safe.
 */
public final class WebhookGuardHandlerAdapter implements HandlerAdapter, PriorityOrdered {

    private static final Logger logger = LoggerFactory.getLogger(WebhookGuardHandlerAdapter.class);

    private final RateLimitedLogger unverified = new RateLimitedLogger(logger, Level.WARN, "webhook_unverified");

    private final WebhookHandlers handlers;

    private final Consumer<Outcome> outcomes;

    private final LockFreeSupplier<List<HandlerAdapter>> adapters;

    /**
     * Creates an adapter.
     * @param handlers determines the handlers of webhooks
     * @param context contains the other adapters, which are looked up with the first request
     * @param outcomes is notified of each request that is refused
     */
    public WebhookGuardHandlerAdapter(
            WebhookHandlers handlers, ApplicationContext context, Consumer<Outcome> outcomes) {
        this.handlers = handlers;
        this.outcomes = outcomes;
        this.adapters = new LockFreeSupplier<>(() -> others(context));
    }

    private static List<HandlerAdapter> others(ApplicationContext context) {
        List<HandlerAdapter> found = new ArrayList<>(
                BeanFactoryUtils.beansOfTypeIncludingAncestors(context, HandlerAdapter.class, true, false)
                        .values());
        // including adapters of parent contexts, each of which checks handlers itself
        found.removeIf(WebhookGuardHandlerAdapter.class::isInstance);
        AnnotationAwareOrderComparator.sort(found);
        return found;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public boolean supports(Object handler) {
        return adapters.get().stream().anyMatch(adapter -> adapter.supports(handler));
    }

    @Override
    public Mono<HandlerResult> handle(ServerWebExchange exchange, Object handler) {
        if (VerifiedWebhook.of(exchange) != null) {
            return delegate(exchange, handler);
        }
        return handlers.isWebhookHandler(exchange, handler)
                .flatMap(refused -> refused ? refuse(exchange) : delegate(exchange, handler));
    }

    private Mono<HandlerResult> delegate(ServerWebExchange exchange, Object handler) {
        for (HandlerAdapter adapter : adapters.get()) {
            if (adapter.supports(handler)) {
                return adapter.handle(exchange, handler);
            }
        }
        return Mono.error(new IllegalStateException("No HandlerAdapter: " + handler));
    }

    private Mono<HandlerResult> refuse(ServerWebExchange exchange) {
        unverified.log(
                1,
                () -> "Refused a request for "
                        + Quoted.of(exchange.getRequest().getPath().value())
                        + ", status 401: it reached a handler of webhooks, but was not verified. If the service has "
                        + "sent it, correct the webhook URL in the LatteStream dashboard: its path must be exactly "
                        + handlers.path().value());
        WebhookResponses.setOutcome(exchange.getResponse(), Outcome.UNVERIFIED);
        outcomes.accept(Outcome.UNVERIFIED);
        return WebhookResponses.sendAndClose(exchange.getResponse())
                .then(BodyReader.discard(exchange.getRequest()))
                .then(Mono.empty());
    }
}
