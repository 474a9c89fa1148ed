package com.lattestream.spring.boot.autoconfigure.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.PresenceMember;
import com.lattestream.spring.auth.ChannelAuthorizedEvent;
import com.lattestream.spring.auth.ChannelAuthorizer;
import com.lattestream.spring.auth.ChannelRefusedEvent;
import com.lattestream.spring.auth.PresenceMemberResolver;
import com.lattestream.spring.boot.autoconfigure.LatteStreamAutoConfiguration;
import java.security.Principal;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The steps after the decision of an authorizer that returns a {@code Mono} may block, on any emitting thread. */
class ReactiveDecisionThreadTests {

    @ParameterizedTest
    @CsvSource({
        "presence-granted, 200, 'member true, granted true'",
        "presence-refused, 403, 'refused true'",
        "presence-failed, 403, 'refused true'"
    })
    void memberAndAuditRunWhereBlockingIsAllowed(String channel, int status, String calls) {
        new ReactiveWebApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        LatteStreamAutoConfiguration.class, LatteStreamReactiveAuthAutoConfiguration.class))
                .withUserConfiguration(Application.class)
                .withPropertyValues("lattestream.secret=lsk_test_of_threads", "lattestream.auth.mode=local")
                .run(context -> {
                    WebTestClient.bindToApplicationContext(context)
                            .build()
                            .post()
                            .uri("/auth")
                            .contentType(MediaType.APPLICATION_JSON)
                            .bodyValue(Map.of("socket_id", "123.456", "channel_name", channel))
                            .exchange()
                            .expectStatus()
                            .isEqualTo(status);

                    assertThat(String.join(", ", context.getBean(Application.class).calls))
                            .isEqualTo(calls);
                });
    }

    @Configuration(proxyBeanMethods = false)
    @EnableWebFlux
    static class Application {

        private final Queue<String> calls = new ConcurrentLinkedQueue<>();

        private void called(String name) {
            calls.add(name + " " + !Schedulers.isInNonBlockingThread());
        }

        @Bean
        WebFilter alice() {
            Mono<Principal> alice = Mono.just(new TestingAuthenticationToken("alice", "password", "ROLE_USER"));
            return (exchange, chain) ->
                    chain.filter(exchange.mutate().principal(alice).build());
        }

        @ChannelAuthorizer("presence-{decision}")
        Mono<Boolean> onAThreadThatMustNotBlock(Principal user, String decision) {
            return Mono.delay(Duration.ofMillis(1), Schedulers.parallel()).map(tick -> {
                assertThat(Schedulers.isInNonBlockingThread()).isTrue();
                if (decision.equals("failed")) {
                    throw new IllegalStateException("The database is down");
                }
                return decision.equals("granted");
            });
        }

        @Bean
        PresenceMemberResolver members() {
            return subscription -> {
                called("member");
                return PresenceMember.of(subscription.user().getName());
            };
        }

        @EventListener
        void granted(ChannelAuthorizedEvent event) {
            called("granted");
        }

        @EventListener
        void refused(ChannelRefusedEvent event) {
            called("refused");
        }
    }
}
