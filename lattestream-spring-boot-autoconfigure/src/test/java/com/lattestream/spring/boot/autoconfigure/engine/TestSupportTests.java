package com.lattestream.spring.boot.autoconfigure.engine;

import static com.lattestream.test.LatteStreamAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.lattestream.core.LatteStreamTemplate;
import com.lattestream.core.PresenceMember;
import com.lattestream.core.webhook.WebhookEvent;
import com.lattestream.core.webhook.WebhookPayload;
import com.lattestream.spring.auth.ChannelAuthorizer;
import com.lattestream.test.EmbeddedLatteStream;
import com.lattestream.test.EmbeddedLatteStreamServer;
import com.lattestream.test.SubscriptionRefusedException;
import com.lattestream.test.TestSubscriber;
import java.security.Principal;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A test as an application's developer writes it: a whole application, its login, its webhooks, a subscriber. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"server.servlet.context-path=/app", "lattestream.webhook.enabled=false"})
@EmbeddedLatteStream(webhookPath = "/own-hooks")
class TestSupportTests {

    @Autowired
    private EmbeddedLatteStreamServer engine;

    @Autowired
    private LatteStreamTemplate latteStream;

    @Autowired
    private Hooks hooks;

    @Value("http://localhost:${local.server.port}/app")
    private String application;

    private TestSubscriber connect(String user) {
        String credentials = Base64.getEncoder().encodeToString((user + ":password").getBytes(UTF_8));
        return TestSubscriber.builder(engine)
                .authEndpoint(application + "/auth", Map.of("Authorization", "Basic " + credentials))
                .connect();
    }

    @Test
    void subscribersReceiveTriggeredEvents() {
        try (TestSubscriber alice = connect("alice")) {
            alice.subscribe("presence-lobby");
            alice.awaitMembers("presence-lobby", "alice");
            latteStream.trigger("presence-lobby", "message", Map.of("text", "Hello", "id", 7));

            assertThat(engine)
                    .eventually()
                    .hasTriggeredContaining("presence-lobby", "message", Map.of("text", "Hello"));
            assertThat(alice.awaitEvent("presence-lobby", "message").json().path("id"))
                    .hasToString("7");
        }
    }

    @Test
    void unauthorizedSubscriptionsAreRefused() {
        try (TestSubscriber bob = connect("bob");
                TestSubscriber nobody = connect("nobody")) {
            assertThatExceptionOfType(SubscriptionRefusedException.class)
                    .isThrownBy(() -> bob.subscribe("presence-lobby"))
                    .satisfies(refusal -> assertThat(refusal.authStatus()).hasValue(403));
            assertThatExceptionOfType(SubscriptionRefusedException.class)
                    .isThrownBy(() -> nobody.subscribe("presence-lobby"))
                    .satisfies(refusal -> assertThat(refusal.authStatus()).hasValue(401));
        }
    }

    @Test
    void webhooksGoToThePathOfTheAnnotation() {
        try (TestSubscriber subscriber = TestSubscriber.connect(engine)) {
            subscriber.subscribe("hooked");

            await().untilAsserted(
                            () -> assertThat(hooks.received).contains(new WebhookEvent.ChannelOccupied("hooked")));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({Hooks.class, Lobby.class})
    static class Application {

        @Bean
        SecurityFilterChain basic(HttpSecurity http) {
            return http.csrf(CsrfConfigurer::disable)
                    .httpBasic(Customizer.withDefaults())
                    .authorizeHttpRequests(requests -> requests.requestMatchers("/own-hooks")
                            .permitAll()
                            .anyRequest()
                            .authenticated())
                    .build();
        }

        @Bean
        InMemoryUserDetailsManager users() {
            return new InMemoryUserDetailsManager(
                    User.withUsername("alice").password("{noop}password").build(),
                    User.withUsername("bob").password("{noop}password").build());
        }
    }

    static class Lobby {

        @ChannelAuthorizer("presence-lobby")
        PresenceMember mayEnter(Principal user) {
            return user.getName().equals("alice") ? PresenceMember.of("alice") : null;
        }
    }

    @RestController
    static class Hooks {

        final List<WebhookEvent> received = new CopyOnWriteArrayList<>();

        private final LatteStreamTemplate latteStream;

        Hooks(LatteStreamTemplate latteStream) {
            this.latteStream = latteStream;
        }

        @PostMapping("/own-hooks")
        @ResponseStatus(HttpStatus.NO_CONTENT)
        void receive(@RequestBody byte[] body, @RequestHeader("X-LatteStream-Signature") String signature) {
            if (latteStream.verifyWebhookSignature(body, signature)) {
                received.addAll(WebhookPayload.parse(body).events());
            }
        }
    }
}
