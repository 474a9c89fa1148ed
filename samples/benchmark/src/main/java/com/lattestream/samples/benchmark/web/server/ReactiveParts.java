package com.lattestream.samples.benchmark.web.server;

import com.lattestream.spring.auth.ChannelAuthorizer;
import java.security.Principal;
import java.time.Duration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

/** The beans that the application has on Spring WebFlux only. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
class ReactiveParts {

    /** Sets a user on every request, as a login does. */
    @Bean
    WebFilter user() {
        Mono<Principal> alice = Mono.just(() -> "alice");
        return (exchange, chain) ->
                chain.filter(exchange.mutate().principal(alice).build());
    }

    /** Authorizers that return a {@code Mono}. */
    @Component
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
    static class Authorizers {

        @ChannelAuthorizer("private-mono-{number}")
        Mono<Boolean> immediately(Principal user, long number) {
            return Mono.just(number >= 0);
        }

        /** Waits for the time of a database query, without blocking a thread. */
        @ChannelAuthorizer("private-delayed-{number}")
        Mono<Boolean> afterAQuery(Principal user, long number) {
            return Mono.delay(Duration.ofMillis(QueryTime.QUERY)).map(tick -> number >= 0);
        }
    }
}
