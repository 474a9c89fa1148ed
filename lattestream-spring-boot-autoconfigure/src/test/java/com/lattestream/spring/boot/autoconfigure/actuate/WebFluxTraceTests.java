package com.lattestream.spring.boot.autoconfigure.actuate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.LatteStreamTemplate;
import com.lattestream.spring.ReactiveLatteStreamTemplate;
import com.lattestream.spring.auth.ChannelAuthorizer;
import com.lattestream.spring.boot.autoconfigure.StubService;
import com.lattestream.spring.broadcast.Broadcast;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.Principal;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;

/** Whether the trace of a request to an application on Spring WebFlux continues in the requests to the service. */
class WebFluxTraceTests {

    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";

    private static final String TRACEPARENT = "00-" + TRACE_ID + "-00f067aa0ba902b7-01";

    private final StubService service = StubService.start().respondingWith(exchange -> {
        byte[] body = "{\"auth\":\"lspc_of_the_service\"}".getBytes(UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    });

    @AfterEach
    void close() {
        Hooks.disableAutomaticContextPropagation();
        service.close();
    }

    @ParameterizedTest
    @CsvSource({"/reactive, ", "/broadcast, ", "/auth, private-orders", "/auth, private-later"})
    void itContinuesWithoutFurtherConfiguration(String path, @Nullable String channel) throws Exception {
        assertThat(traceOfTheServiceAfter(path, channel)).startsWith("00-" + TRACE_ID + "-");
    }

    @Test
    void itContinuesInCallsOfTheThreadWithContextPropagation() throws Exception {
        // as spring.reactor.context-propagation=auto does
        Hooks.enableAutomaticContextPropagation();

        assertThat(traceOfTheServiceAfter("/blocking", null)).startsWith("00-" + TRACE_ID + "-");
    }

    @Test
    void anotherTraceBeginsInCallsOfTheThreadWithoutContextPropagation() throws Exception {
        assertThat(traceOfTheServiceAfter("/blocking", null))
                .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01")
                .doesNotContain(TRACE_ID);
    }

    private String traceOfTheServiceAfter(String path, @Nullable String channel) throws Exception {
        try (ConfigurableApplicationContext application = new SpringApplicationBuilder(Application.class)
                .bannerMode(Banner.Mode.OFF)
                .run(
                        "--spring.main.web-application-type=reactive",
                        "--server.port=0",
                        "--management.tracing.sampling.probability=1",
                        "--spring.security.user.name=alice",
                        "--spring.security.user.password={noop}password",
                        "--lattestream.secret=lsk_test_of_traces",
                        "--lattestream.endpoint=" + service.endpoint(),
                        "--lattestream.use-tls=false")) {
            assertThat(post(application, path, channel)).isEqualTo(200);
            application.getBean(LatteStreamClient.class).flushBatch().join();
        }
        assertThat(service.requests()).hasSize(1);
        return service.requests().get(0).headers().getFirst("traceparent");
    }

    private static int post(ConfigurableApplicationContext application, String path, @Nullable String channel)
            throws Exception {
        int port = ((WebServerApplicationContext) application).getWebServer().getPort();
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                .header("traceparent", TRACEPARENT)
                                .header("Content-Type", "application/json")
                                .header(
                                        "Authorization",
                                        "Basic " + Base64.getEncoder().encodeToString("alice:password".getBytes(UTF_8)))
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        "{\"socket_id\":\"123.456\",\"channel_name\":\"" + channel + "\"}"))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        SecurityWebFilterChain basic(ServerHttpSecurity http) {
            return http.authorizeExchange(rules -> rules.anyExchange().authenticated())
                    .csrf(ServerHttpSecurity.CsrfSpec::disable)
                    .httpBasic(Customizer.withDefaults())
                    .build();
        }

        @Bean
        Shipping shipping(LatteStreamTemplate latteStream, ReactiveLatteStreamTemplate reactive) {
            return new Shipping(latteStream, reactive);
        }
    }

    @RestController
    static class Shipping {

        private final LatteStreamTemplate latteStream;

        private final ReactiveLatteStreamTemplate reactive;

        Shipping(LatteStreamTemplate latteStream, ReactiveLatteStreamTemplate reactive) {
            this.latteStream = latteStream;
            this.reactive = reactive;
        }

        @PostMapping("/reactive")
        Mono<Void> reactive() {
            return reactive.trigger("orders", "shipped", 7).then();
        }

        @PostMapping("/blocking")
        Mono<Void> blocking() {
            return Mono.<Void>fromRunnable(() -> latteStream.trigger("orders", "shipped", 7));
        }

        @PostMapping("/broadcast")
        @Broadcast(channel = "orders", event = "shipped")
        Mono<Shipped> broadcast() {
            return Mono.just(new Shipped(7));
        }

        @ChannelAuthorizer("private-orders")
        boolean mayFollow(Principal user) {
            return true;
        }

        @ChannelAuthorizer("private-later")
        Mono<Boolean> mayFollowLater(Principal user) {
            return Mono.delay(Duration.ofMillis(1)).thenReturn(true);
        }
    }

    record Shipped(long id) {}
}
