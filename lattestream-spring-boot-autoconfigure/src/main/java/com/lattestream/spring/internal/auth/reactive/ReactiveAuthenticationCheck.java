package com.lattestream.spring.internal.auth.reactive;

import java.security.Principal;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Checks whether the application considers the user of an exchange authenticated. Thread-safe. */
@FunctionalInterface
public interface ReactiveAuthenticationCheck {

    /** Accepts every principal: without Spring Security, a filter of the application determines it. */
    ReactiveAuthenticationCheck ANY_PRINCIPAL = (principal, exchange) -> Mono.just(true);

    /**
     * Returns whether the user is authenticated.
     * @param principal the principal of the exchange
     * @param exchange the exchange
     * @return true if the user has the permissions of an authenticated user
     */
    Mono<Boolean> isAuthenticated(Principal principal, ServerWebExchange exchange);
}
