package com.lattestream.spring.internal;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * Hints for the types by which the starter recognizes optional libraries at run time. In a native image a type is found
 * by its name only with a hint: without one, the checks of Spring Security and transactions would be left out.
 */
final class OptionalTypeHints implements RuntimeHintsRegistrar {

    private static final List<String> TYPES = List.of(
            "io.micrometer.context.ContextSnapshotFactory",
            "jakarta.servlet.http.HttpServletRequest",
            "org.springframework.security.access.AccessDeniedException",
            "org.springframework.security.authorization.AuthenticatedReactiveAuthorizationManager",
            "org.springframework.security.web.access.intercept.RequestAuthorizationContext",
            "org.springframework.security.web.method.annotation.AuthenticationPrincipalArgumentResolver",
            "org.springframework.security.web.reactive.result.method.annotation.AuthenticationPrincipalArgumentResolver",
            "org.springframework.transaction.reactive.TransactionContext",
            "org.springframework.transaction.support.TransactionSynchronizationManager",
            "org.springframework.web.context.request.ServletRequestAttributes",
            "reactor.core.publisher.Mono");

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        for (String type : TYPES) {
            hints.reflection().registerTypeIfPresent(classLoader, type);
        }
    }
}
