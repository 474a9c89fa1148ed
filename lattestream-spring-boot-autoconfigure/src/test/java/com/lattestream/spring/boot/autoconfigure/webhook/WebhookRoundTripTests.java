package com.lattestream.spring.boot.autoconfigure.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.lattestream.core.PresenceMember;
import com.lattestream.core.webhook.WebhookEvent;
import com.lattestream.spring.auth.ChannelAuthorizer;
import com.lattestream.test.EmbeddedLatteStreamServer;
import com.lattestream.test.TestSubscriber;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;

/** From a browser over the local engine and back to the application, as a webhook. */
class WebhookRoundTripTests {

    @ParameterizedTest
    @EnumSource
    void theApplicationReceivesWebhooksOfMembersAndClientEvents(Stack stack) throws Exception {
        try (ConfigurableApplicationContext application = new SpringApplicationBuilder(Application.class)
                .bannerMode(Banner.Mode.OFF)
                .run(stack.arguments(
                        "--server.port=0",
                        "--server.servlet.context-path=/app",
                        "--lattestream.engine.enabled=true"))) {
            EmbeddedLatteStreamServer engine = application.getBean(EmbeddedLatteStreamServer.class);
            List<WebhookEvent> received = application.getBean(Listener.class).received;

            try (TestSubscriber browser = TestSubscriber.builder(engine)
                    .authEndpoint(
                            "http://localhost:"
                                    + application.getEnvironment().getProperty("local.server.port")
                                    + (stack.isServlet() ? "/app" : "") + "/auth",
                            Map.of(
                                    "Authorization",
                                    "Basic "
                                            + HttpHeaders.encodeBasicAuth("alice", "password", StandardCharsets.UTF_8)))
                    .connect()) {
                browser.subscribe("presence-lobby");
                assertThat(browser.members("presence-lobby")).containsOnlyKeys("alice");
                browser.trigger("presence-lobby", "client-typing", Map.of("in", "lobby"));
                await().untilAsserted(() -> assertThat(received).hasSize(4));
            }
            await().untilAsserted(() -> assertThat(received).hasSize(7));

            assertThat(received.get(0)).isEqualTo(new WebhookEvent.ChannelOccupied("presence-lobby"));
            assertThat(received.get(1)).isEqualTo(new WebhookEvent.MemberAdded("presence-lobby", "alice"));
            assertThat(received.get(2)).isEqualTo(new WebhookEvent.SubscriptionCount("presence-lobby", 1));
            assertThat(received.get(3)).isInstanceOfSatisfying(WebhookEvent.ClientEvent.class, event -> {
                assertThat(event.event()).isEqualTo("client-typing");
                assertThat(event.data()).isEqualTo("{\"in\":\"lobby\"}");
                assertThat(event.userId()).isEqualTo("alice");
            });
            assertThat(received.subList(4, 7))
                    .containsExactly(
                            new WebhookEvent.SubscriptionCount("presence-lobby", 0),
                            new WebhookEvent.MemberRemoved("presence-lobby", "alice"),
                            new WebhookEvent.ChannelVacated("presence-lobby"));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({Listener.class, Lobby.class, ServletSecurity.class, ReactiveSecurity.class})
    static class Application {}

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
    static class ReactiveSecurity {

        @Bean
        SecurityWebFilterChain basic(ServerHttpSecurity http) {
            return http.csrf(ServerHttpSecurity.CsrfSpec::disable)
                    .httpBasic(Customizer.withDefaults())
                    .authorizeExchange(exchanges -> exchanges.anyExchange().authenticated())
                    .build();
        }

        @Bean
        MapReactiveUserDetailsService users() {
            return new MapReactiveUserDetailsService(
                    User.withUsername("alice").password("{noop}password").build());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    static class ServletSecurity {

        @Bean
        SecurityFilterChain basic(HttpSecurity http) {
            return http.csrf(CsrfConfigurer::disable)
                    .httpBasic(Customizer.withDefaults())
                    .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .build();
        }

        @Bean
        InMemoryUserDetailsManager users() {
            return new InMemoryUserDetailsManager(
                    User.withUsername("alice").password("{noop}password").build());
        }
    }

    static class Lobby {

        @ChannelAuthorizer("presence-lobby")
        PresenceMember mayEnter(Principal user) {
            return PresenceMember.of(user.getName());
        }
    }

    static class Listener {

        final List<WebhookEvent> received = new CopyOnWriteArrayList<>();

        @EventListener
        void on(WebhookEvent event) {
            received.add(event);
        }
    }
}
