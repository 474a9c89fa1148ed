package com.lattestream.spring.boot.autoconfigure.webhook;

import static com.lattestream.spring.boot.autoconfigure.webhook.RawHttp.PATH;
import static com.lattestream.spring.boot.autoconfigure.webhook.RawHttp.SECRET;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import com.lattestream.core.Event;
import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.webhook.WebhookEvent;
import com.lattestream.spring.ReactiveLatteStreamTemplate;
import com.lattestream.spring.boot.autoconfigure.StubService;
import com.lattestream.spring.boot.autoconfigure.webhook.RawHttp.Response;
import com.lattestream.spring.broadcast.Broadcast;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The ways in which an application on WebFlux and Netty may be set up: the starter works in all of them. */
class WebFluxApplicationTests {

    private @Nullable ConfigurableApplicationContext application;

    private @Nullable StubService service;

    @AfterEach
    void stop() {
        application.close();
        if (service != null) {
            service.close();
        }
    }

    private void start(Class<?> configuration, String... arguments) {
        List<String> all = new ArrayList<>(List.of(Stack.REACTIVE.arguments(
                "--server.port=0", "--lattestream.secret=" + SECRET, "--lattestream.use-tls=false")));
        all.addAll(List.of(arguments));
        application = new SpringApplicationBuilder(Application.class, configuration)
                .bannerMode(Banner.Mode.OFF)
                .run(all.toArray(String[]::new));
    }

    private void assertWebhooksAreReceived() throws IOException {
        byte[] body = RawHttp.webhook();
        int port = RawHttp.port(application);

        assertThat(RawHttp.post(port, PATH, body, "0".repeat(64)).status()).isEqualTo(401);
        assertThat(RawHttp.post(port, PATH, body, RawHttp.sign(body)).status()).isEqualTo(204);

        assertThat(application.getBean(Listener.class).received)
                .containsExactly(new WebhookEvent.ChannelOccupied("chat"));
    }

    private int authorize() throws IOException {
        return RawHttp.post(
                        RawHttp.port(application),
                        "/auth",
                        "{\"socket_id\":\"1.2\",\"channel_name\":\"private-1\"}".getBytes(ISO_8859_1),
                        null)
                .status();
    }

    private static int get(int port, String path) throws IOException {
        try (Socket socket = RawHttp.open(port)) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(ISO_8859_1));
            return RawHttp.read(socket).status();
        }
    }

    @Test
    void withLazyInitialization() throws Exception {
        start(Plain.class, "--spring.main.lazy-initialization=true");

        assertThat(authorize()).as("no user").isEqualTo(403);
        assertWebhooksAreReceived();
    }

    @Test
    void behindAFilterThatDecoratesTheBody() throws Exception {
        start(DecoratingFilter.class);

        assertWebhooksAreReceived();
        assertThat(application.getBean(DecoratingFilter.class).seen).isNotEmpty();
    }

    @Test
    void behindAFilterThatReadsTheBody() throws Exception {
        start(ReadingFilter.class);
        byte[] body = RawHttp.webhook();

        Response response = RawHttp.post(RawHttp.port(application), PATH, body, RawHttp.sign(body));

        assertThat(response.status()).as("nothing is left to verify").isGreaterThanOrEqualTo(400);
        assertThat(application.getBean(Listener.class).received).isEmpty();
    }

    @Test
    void withAManagementPort() throws Exception {
        start(
                Plain.class,
                "--management.server.port=0",
                "--management.endpoints.web.exposure.include=health",
                "--management.health.redis.enabled=false",
                // of the other server on the classpath
                "--spring.autoconfigure.exclude=org.springframework.boot.tomcat.autoconfigure.actuate.web.server."
                        + "TomcatReactiveManagementContextAutoConfiguration");
        int management = application.getEnvironment().getRequiredProperty("local.management.port", Integer.class);

        assertThat(management).isNotEqualTo(RawHttp.port(application));
        // WebFlux applies the filters of the application to this port as well
        assertThat(RawHttp.post(management, PATH, RawHttp.webhook(), "0".repeat(64))
                        .status())
                .isEqualTo(401);
        assertThat(application.getBean(Listener.class).received).isEmpty();
        assertThat(get(management, "/actuator/health")).isEqualTo(200);
        assertWebhooksAreReceived();
    }

    @Test
    void withAMockedClient() throws Exception {
        start(MockedClient.class);
        LatteStreamClient client = application.getBean(LatteStreamClient.class);

        assertThat(application
                        .getBean(ReactiveLatteStreamTemplate.class)
                        .trigger("room", "message", 1)
                        .blockOptional(Duration.ofSeconds(10)))
                .isEmpty();
        verify(client).tryTrigger(any(Event.class));
        assertThat(authorize()).as("no user").isEqualTo(403);
    }

    @Test
    void withTwoClients() throws Exception {
        service = StubService.start();
        start(TwoClients.class, "--test.endpoint=" + service.endpoint());

        assertThat(application.getBean(Regions.class).south().block(Duration.ofSeconds(10)))
                .isEqualTo(Map.of("order", 7));
        application.getBean("south", LatteStreamClient.class).flushBatch().get();

        assertThat(service.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.authorization()).endsWith("lsk_test_of_the_south"));
        assertWebhooksAreReceived();
    }

    static class Listener {

        final List<WebhookEvent> received = new CopyOnWriteArrayList<>();

        @EventListener
        void on(WebhookEvent event) {
            received.add(event);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({Listener.class, Stack.Open.class})
    static class Application {}

    @Configuration(proxyBeanMethods = false)
    static class Plain {}

    @Order(Ordered.HIGHEST_PRECEDENCE)
    static class DecoratingFilter implements WebFilter {

        final List<Integer> seen = new CopyOnWriteArrayList<>();

        @Override
        public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
            return chain.filter(exchange.mutate()
                    .request(new ServerHttpRequestDecorator(exchange.getRequest()) {
                        @Override
                        public Flux<DataBuffer> getBody() {
                            return super.getBody().doOnNext(buffer -> seen.add(buffer.readableByteCount()));
                        }
                    })
                    .build());
        }
    }

    @Order(Ordered.HIGHEST_PRECEDENCE)
    static class ReadingFilter implements WebFilter {

        @Override
        public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
            return exchange.getRequest()
                    .getBody()
                    .doOnNext(DataBufferUtils::release)
                    .then(chain.filter(exchange));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class MockedClient {

        @Bean
        LatteStreamClient client() {
            return mock(LatteStreamClient.class);
        }
    }

    static class Regions {

        @Broadcast(client = "south", channel = "orders", event = "shipped")
        Mono<Map<String, Integer>> south() {
            return Mono.just(Map.of("order", 7));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(Regions.class)
    static class TwoClients {

        @Bean(defaultCandidate = false)
        LatteStreamClient south(@Value("${test.endpoint}") String endpoint) {
            return LatteStreamClient.builder("lsk_test_of_the_south")
                    .endpoint(endpoint)
                    .useTls(false)
                    .build();
        }
    }
}
