package com.lattestream.spring.internal.auth.reactive;

import java.security.Principal;
import org.springframework.security.authorization.AuthenticatedReactiveAuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Applies the same check as {@code authenticated()} in the rules of Spring Security. Thread-safe. */
public final class SpringSecurityReactiveAuthenticationCheck implements ReactiveAuthenticationCheck {

    private final AuthenticatedReactiveAuthorizationManager<ServerWebExchange> authenticated =
            AuthenticatedReactiveAuthorizationManager.authenticated();

    /** Creates a check. */
    public SpringSecurityReactiveAuthenticationCheck() {}

    @Override
    public Mono<Boolean> isAuthenticated(Principal principal, ServerWebExchange exchange) {
        // any other principal was authenticated by the server, and Spring Security does not filter this exchange
        return principal instanceof Authentication authentication
                ? authenticated
                        .authorize(Mono.just(authentication), exchange)
                        .map(AuthorizationResult::isGranted)
                        .defaultIfEmpty(false)
                : Mono.just(true);
    }
}
