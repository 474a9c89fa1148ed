package com.lattestream.spring.internal.webhook.servlet;

import jakarta.servlet.ServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.context.ApplicationContext;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Finds the application's handlers as the dispatcher servlet does: the first handler mapping with a handler is used.
 * Thread-safe.
 */
final class HandlerLookup {

    private final SingletonSupplier<List<HandlerMapping>> mappings;

    HandlerLookup(ApplicationContext context) {
        this.mappings = SingletonSupplier.of(() -> find(context));
    }

    private static List<HandlerMapping> find(ApplicationContext context) {
        List<HandlerMapping> found = new ArrayList<>(
                BeanFactoryUtils.beansOfTypeIncludingAncestors(context, HandlerMapping.class, true, false)
                        .values());
        found.removeIf(UnverifiedRequestHandlerMapping.class::isInstance);
        AnnotationAwareOrderComparator.sort(found);
        return found;
    }

    /** Returns the application's handler mappings of a type. */
    <T> List<T> mappings(Class<T> type) {
        return mappings.obtain().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /**
     * Returns the handler for a request, or null if there is none.
     * @throws Exception if a handler mapping fails, such as for an HTTP method that is not supported on the path
     */
    @Nullable Match find(LookupRequest request) throws Exception {
        for (HandlerMapping mapping : mappings.obtain()) {
            HandlerExecutionChain chain = mapping.getHandler(request);
            if (chain != null) {
                return new Match(chain.getHandler(), pattern(request));
            }
        }
        return null;
    }

    /** Returns the pattern that matched a request, or null if the handler mapping does not provide it. */
    static @Nullable String pattern(ServletRequest request) {
        Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        return pattern == null ? null : pattern.toString();
    }

    /**
     * A handler.
     *
     * @param handler the handler
     * @param pattern the pattern that matched, or null if the handler mapping does not provide it
     */
    record Match(Object handler, @Nullable String pattern) {

        boolean isSameHandlerAs(@Nullable Match other) {
            return other != null && isHandledBy(other.handler);
        }

        boolean isHandledBy(Object other) {
            return handler == other || handler.equals(other);
        }
    }
}
