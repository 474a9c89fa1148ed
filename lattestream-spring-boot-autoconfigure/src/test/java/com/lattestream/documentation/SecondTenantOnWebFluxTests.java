package com.lattestream.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.ChannelAuthorization;
import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.crypto.ChannelSigner;
import java.security.Principal;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.BindParam;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

/** The authorization endpoint of a second tenant on Spring WebFlux, as the documentation shows it. */
class SecondTenantOnWebFluxTests {

    private static final String SECRET = "lsk_test_of_the_second_tenant";

    @Test
    void theFormIsReadAsAModelAttribute() {
        run(http -> {
            ChannelAuthorization authorization = http.post()
                    .uri("/acme/auth")
                    .body(form("private-user-alice"))
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody(ChannelAuthorization.class)
                    .returnResult()
                    .getResponseBody();

            assertThat(new ChannelSigner(SECRET).verify(authorization.auth(), "private-user-alice", null))
                    .isTrue();
            http.post()
                    .uri("/acme/auth")
                    .body(form("private-user-bob"))
                    .exchange()
                    .expectStatus()
                    .isForbidden();
        });
    }

    @Test
    void requestParametersAreNotThoseOfTheForm() {
        run(http -> http.post()
                .uri("/parameters")
                .body(form("private-user-alice"))
                .exchange()
                .expectStatus()
                .isBadRequest());
    }

    private static void run(java.util.function.Consumer<WebTestClient> test) {
        new ReactiveWebApplicationContextRunner()
                .withUserConfiguration(Application.class)
                .run(context -> test.accept(
                        WebTestClient.bindToApplicationContext(context).build()));
    }

    private static BodyInserters.FormInserter<String> form(String channel) {
        return BodyInserters.fromFormData("socket_id", "123.456").with("channel_name", channel);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableWebFlux
    static class Application {

        @Bean
        LatteStreamClient acmeClient() {
            return LatteStreamClient.create(SECRET);
        }

        @Bean
        AcmeAuthorizationController controller(LatteStreamClient acmeClient) {
            return new AcmeAuthorizationController(acmeClient);
        }

        @Bean
        WebFilter alice() {
            return (exchange, chain) -> chain.filter(
                    exchange.mutate().principal(Mono.just(() -> "alice")).build());
        }
    }

    @RestController
    static class AcmeAuthorizationController {

        private final LatteStreamClient acme;

        AcmeAuthorizationController(LatteStreamClient acme) {
            this.acme = acme;
        }

        @PostMapping("/acme/auth")
        Mono<ChannelAuthorization> authorize(Principal user, @ModelAttribute Subscription subscription) {
            if (!subscription.channel().equals("private-user-" + user.getName())) {
                throw new ResponseStatusException(HttpStatus.FORBIDDEN);
            }
            return Mono.fromFuture(acme.authorizeChannelLocally(subscription.socketId(), subscription.channel()));
        }

        @PostMapping("/parameters")
        String parameters(@RequestParam("socket_id") String socketId) {
            return socketId;
        }

        record Subscription(
                @BindParam("socket_id") String socketId,
                @BindParam("channel_name") String channel) {}
    }
}
