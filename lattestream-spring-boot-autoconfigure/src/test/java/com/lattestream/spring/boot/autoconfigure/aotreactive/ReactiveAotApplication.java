package com.lattestream.spring.boot.autoconfigure.aotreactive;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.webhook.WebhookEvent;
import com.lattestream.core.webhook.WebhookPayload;
import com.lattestream.spring.PlainPasswords;
import com.lattestream.spring.ReactiveLatteStreamTemplate;
import com.lattestream.spring.auth.ChannelAuthorizer;
import com.lattestream.spring.boot.autoconfigure.LatteStreamProperties;
import com.lattestream.spring.broadcast.Broadcast;
import com.lattestream.test.EmbeddedLatteStreamServer;
import java.io.IOException;
import java.security.Principal;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.catalina.webresources.TomcatURLStreamHandlerFactory;
import org.springframework.aot.AotDetector;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** An application on Spring WebFlux with a login, authorizers, handlers and listeners of webhooks, and broadcasts. */
@SpringBootApplication(proxyBeanMethods = false)
public class ReactiveAotApplication {

    /** Starts the application. */
    public static void main(String[] arguments) {
        application().run(arguments);
    }

    private static SpringApplication application() {
        // Spring MVC is on the classpath as well
        SpringApplication application = new SpringApplication(ReactiveAotApplication.class);
        application.setMainApplicationClass(ReactiveAotApplication.class);
        application.setWebApplicationType(WebApplicationType.REACTIVE);
        return application;
    }

    /** Starts the application, uses everything, and returns the results as text. */
    public static String probe(String... arguments) throws IOException, InterruptedException {
        // there is one factory for a JVM, and the Tomcat of another class loader may have set it
        TomcatURLStreamHandlerFactory.disable();
        try (ConfigurableApplicationContext context = application().run(arguments)) {
            context.getBean(ReactiveLatteStreamTemplate.class)
                    .trigger("orders", "placed", 7)
                    .block();
            LatteStreamClient client = context.getBean(LatteStreamClient.class);
            EmbeddedLatteStreamServer engine =
                    context.getBeanProvider(EmbeddedLatteStreamServer.class).getIfAvailable();
            Browser browser = new Browser(context, engine);
            String requests = " json=" + browser.authorizeWithJson() + " form=" + browser.authorizeWithForm()
                    + " order=" + browser.ship();
            client.flushBatch().join();
            return "aot=" + AotDetector.useGeneratedArtifacts() + " mode="
                    + context.getBean(LatteStreamProperties.class).mode() + " client="
                    + client.getClass().getSimpleName() + " delivered="
                    + client.statistics().delivered() + " engine="
                    + (engine == null ? "none" : engine.events().size()) + requests + " webhook=" + browser.webhook()
                    + " received=" + context.getBean(Received.class).texts;
        }
    }

    @Bean
    SecurityWebFilterChain security(ServerHttpSecurity http) {
        return http.authorizeExchange(rules -> rules.pathMatchers("/webhooks/**")
                        .permitAll()
                        .anyExchange()
                        .authenticated())
                .httpBasic(Customizer.withDefaults())
                .csrf(ServerHttpSecurity.CsrfSpec::disable)
                .build();
    }

    @Bean
    PasswordEncoder passwordEncoder() {
        return new PlainPasswords();
    }

    @Bean
    MapReactiveUserDetailsService users() {
        return new MapReactiveUserDetailsService(
                User.withUsername("alice").password("secret").build());
    }

    /** Has an authorizer and a method that broadcasts. */
    @Component
    static class Orders {

        @ChannelAuthorizer("private-order-{orderId}")
        Mono<Boolean> mayFollow(Principal user, long orderId) {
            return Mono.just(orderId == user.getName().length());
        }

        @Broadcast(channel = "orders", event = "shipped", conflateBy = "{orderId}", expireAfter = "1m")
        Mono<OrderShipped> ship(long orderId) {
            return Mono.just(new OrderShipped(orderId));
        }
    }

    record OrderShipped(long orderId) {}

    /** The webhooks that the handlers and the listener have received. */
    @Component
    static class Received {

        final Queue<String> texts = new ConcurrentLinkedQueue<>();

        void handled(String handler, WebhookPayload payload) {
            if (payload.events().stream().anyMatch(WebhookEvent.ChannelOccupied.class::isInstance)) {
                texts.add("handler " + handler);
            }
        }

        @EventListener
        Mono<Void> occupied(WebhookEvent.ChannelOccupied event) {
            return Mono.fromRunnable(() -> texts.add("listener " + event.channel()));
        }
    }

    /** Handles webhooks on the path that {@code lattestream.webhook.path} sets. */
    @RestController
    static class Webhooks {

        private final Orders orders;

        private final Received received;

        Webhooks(Orders orders, Received received) {
            this.orders = orders;
            this.received = received;
        }

        @PostMapping("/orders")
        Mono<OrderShipped> ship(@RequestBody OrderShipped order) {
            return orders.ship(order.orderId());
        }

        @PostMapping("/webhooks/value")
        void value(@RequestBody WebhookPayload payload) {
            received.handled("value", payload);
        }

        @PostMapping("/webhooks/mono")
        Mono<Void> mono(@RequestBody Mono<WebhookPayload> payload) {
            return payload.doOnNext(webhook -> received.handled("mono", webhook))
                    .then();
        }
    }
}
