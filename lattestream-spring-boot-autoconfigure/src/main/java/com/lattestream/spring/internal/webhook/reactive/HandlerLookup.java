package com.lattestream.spring.internal.webhook.reactive;

import com.lattestream.spring.internal.LockFreeSupplier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.context.ApplicationContext;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Finds the application's handlers as Spring WebFlux does: the first handler mapping with a handler is used.
 * Thread-safe.
 */
final class HandlerLookup {

    private final LockFreeSupplier<List<HandlerMapping>> mappings;

    HandlerLookup(ApplicationContext context) {
        this.mappings = new LockFreeSupplier<>(() -> find(context));
    }

    private static List<HandlerMapping> find(ApplicationContext context) {
        List<HandlerMapping> found = new ArrayList<>(
                BeanFactoryUtils.beansOfTypeIncludingAncestors(context, HandlerMapping.class, true, false)
                        .values());
        AnnotationAwareOrderComparator.sort(found);
        return found;
    }

    /** Returns the application's handler mappings of a type. */
    <T> List<T> mappings(Class<T> type) {
        return mappings.get().stream().filter(type::isInstance).map(type::cast).toList();
    }

    /**
     * Returns the handler for a request; empty if there is none, and an error if a handler mapping fails, such as for
     * an HTTP method that is not supported on the path.
     */
    Mono<Match> find(LookupExchange exchange) {
        return Flux.fromIterable(mappings.get())
                .concatMap(mapping -> mapping.getHandler(exchange))
                .next()
                .map(handler -> new Match(handler, pattern(exchange)));
    }

    /** Returns the pattern that matched a request, or null if the handler mapping does not provide it. */
    static @Nullable String pattern(ServerWebExchange exchange) {
        Object pattern = exchange.getAttributes().get(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        return pattern == null ? null : pattern.toString();
    }

    /**
     * A handler.
     *
     * @param handler the handler
     * @param pattern the pattern that matched, or null if the handler mapping does not provide it
     */
    record Match(Object handler, @Nullable String pattern) {

        boolean isHandledBy(Object other) {
            return handler == other || handler.equals(other);
        }
    }
}
