package com.lattestream.spring.internal.auth.reactive;

import com.lattestream.core.internal.logging.RateLimitedLogger;
import com.lattestream.spring.auth.ChannelSubscription;
import com.lattestream.spring.internal.ReactorThreadLocals;
import com.lattestream.spring.internal.auth.RejectedRequestException;
import com.lattestream.spring.internal.auth.SubscriptionAuthorizer;
import com.lattestream.spring.internal.auth.SubscriptionRequest;
import java.security.Principal;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.http.ResponseEntity;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The endpoint that browser clients call to authorize a subscription, on Spring WebFlux. Authorizers may block: they
 * run on Reactor's bounded elastic scheduler, and never on an event loop. Thread-safe.
 */
public final class ReactiveChannelAuthorizationEndpoint {

    private final RateLimitedLogger checkFailed = new RateLimitedLogger(
            LoggerFactory.getLogger(ReactiveChannelAuthorizationEndpoint.class),
            Level.WARN,
            "authentication_check_failed");

    private final ReactiveRequestReader reader = new ReactiveRequestReader();

    private final ReactiveAuthenticationCheck authentication;

    private final SubscriptionAuthorizer authorizer;

    /**
     * Creates an endpoint.
     * @param authentication whether the user of an exchange is authenticated
     * @param authorizer authorizes the subscriptions of authenticated users
     */
    public ReactiveChannelAuthorizationEndpoint(
            ReactiveAuthenticationCheck authentication, SubscriptionAuthorizer authorizer) {
        this.authentication = authentication;
        this.authorizer = authorizer;
    }

    /**
     * Handles a request.
     * @param exchange the exchange
     * @return the response, JSON in any case
     */
    public Mono<ResponseEntity<byte[]>> authorize(ServerWebExchange exchange) {
        return exchange.getPrincipal()
                .filterWhen(user -> isAuthenticated(user, exchange))
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(user -> user.isPresent()
                        ? authorize(user.get(), exchange)
                        : Mono.fromSupplier(authorizer::unauthenticated));
    }

    private Mono<Boolean> isAuthenticated(Principal user, ServerWebExchange exchange) {
        return Mono.defer(() -> authentication.isAuthenticated(user, exchange)).onErrorResume(failure -> {
            checkFailed.log(
                    1,
                    () -> "Whether a user is authenticated could not be determined; the request is refused",
                    failure);
            return Mono.just(false);
        });
    }

    private Mono<ResponseEntity<byte[]>> authorize(Principal user, ServerWebExchange exchange) {
        return Mono.defer(() -> reader.read(exchange))
                .flatMap(request -> decide(user, request, exchange))
                .onErrorResume(
                        RejectedRequestException.class,
                        rejected -> Mono.fromSupplier(() -> authorizer.malformed(rejected)));
    }

    private Mono<ResponseEntity<byte[]>> decide(
            Principal user, SubscriptionRequest request, ServerWebExchange exchange) {
        ChannelSubscription subscription =
                new ChannelSubscription(user, request.socketId(), request.channel(), exchange);
        return Mono.deferContextual(context -> {
                    ReactiveAuthorizerMethodSupport.keepContext(exchange, context);
                    // also if an event loop completes the decision, because signing and listeners may block
                    Executor continuation =
                            task -> Schedulers.boundedElastic().schedule(() -> ReactorThreadLocals.run(context, task));
                    return Mono.fromFuture(ReactorThreadLocals.supply(
                            context, () -> authorizer.authorize(subscription, continuation)));
                })
                .subscribeOn(Schedulers.boundedElastic());
    }
}
