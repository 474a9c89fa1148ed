package com.lattestream.spring.internal.auth.reactive;

import java.security.Principal;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Whether the application regards the user of an exchange as authenticated. Thread-safe. */
@FunctionalInterface
public interface ReactiveAuthenticationCheck {

    /** Accepts every principal: without Spring Security, a filter of the application determines it. */
    ReactiveAuthenticationCheck ANY_PRINCIPAL = (principal, exchange) -> Mono.just(true);

    /**
     * Whether the user is authenticated.
     * @param principal the principal of the exchange
     * @param exchange the exchange
     * @return true if the application grants this user what it grants authenticated users
     */
    Mono<Boolean> isAuthenticated(Principal principal, ServerWebExchange exchange);
}
