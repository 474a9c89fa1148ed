package com.lattestream.spring.boot.autoconfigure.actuate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.LatteStreamTemplate;
import com.lattestream.core.RequestObserver;
import com.lattestream.core.ServiceOperation;
import com.lattestream.spring.ReactiveLatteStreamTemplate;
import com.lattestream.spring.auth.ChannelAuthorizer;
import com.lattestream.spring.boot.autoconfigure.LatteStreamAutoConfiguration;
import com.lattestream.spring.boot.autoconfigure.NettyServer;
import com.lattestream.spring.boot.autoconfigure.StubService;
import com.lattestream.spring.broadcast.Broadcast;
import com.lattestream.spring.internal.observation.MicrometerRequestObserver;
import com.lattestream.spring.observation.DefaultLatteStreamClientObservationConvention;
import com.lattestream.spring.observation.LatteStreamClientObservationContext;
import com.lattestream.spring.observation.LatteStreamClientObservationConvention;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

class LatteStreamObservationAutoConfigurationTests {

    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";

    private static final String SPAN_ID = "00f067aa0ba902b7";

    private final StubService service = StubService.start();

    private final TestObservationRegistry observations = TestObservationRegistry.create();

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    LatteStreamObservationAutoConfiguration.class, LatteStreamAutoConfiguration.class))
            .withBean(TestObservationRegistry.class, () -> observations)
            .withPropertyValues(
                    "lattestream.secret=lsk_test_of_observation",
                    "lattestream.endpoint=" + service.endpoint(),
                    "lattestream.use-tls=false",
                    "lattestream.retry.max-retries=0");

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void aReactiveCallIsBeneathTheObservationOfTheReactorContext() {
        runner.run(context -> {
            Observation serving = Observation.start("serving", observations);
            new ReactiveLatteStreamTemplate(context.getBean(LatteStreamClient.class))
                    .getUsers("presence-lobby")
                    .onErrorComplete()
                    .contextWrite(view -> view.put(ObservationThreadLocalAccessor.KEY, serving))
                    .block(Duration.ofSeconds(20));
            serving.stop();

            TestObservationRegistryAssert.assertThat(observations)
                    .hasObservationWithNameEqualTo("lattestream.client.requests")
                    .that()
                    .hasParentObservationEqualTo(serving);
        });
    }

    @Test
    void aReactiveCallIsBeneathTheObservationOfTheSubscribersThread() {
        runner.run(context -> {
            Observation serving = Observation.start("serving", observations);
            serving.scoped(() -> {
                new ReactiveLatteStreamTemplate(context.getBean(LatteStreamClient.class))
                        .getUsers("presence-lobby")
                        .onErrorComplete()
                        .block(Duration.ofSeconds(20));
            });
            serving.stop();

            TestObservationRegistryAssert.assertThat(observations)
                    .hasObservationWithNameEqualTo("lattestream.client.requests")
                    .that()
                    .hasParentObservationEqualTo(serving);
        });
    }

    @Test
    void aRequestIsAnObservationBeneathTheOneInWhichTheEventWasTriggered() {
        runner.run(context -> {
            Observation shipping = Observation.start("shipping", observations);
            shipping.scoped(() -> context.getBean(LatteStreamTemplate.class).trigger("orders", "shipped", 7));
            context.getBean(LatteStreamClient.class).flushBatch().join();
            shipping.stop();

            TestObservationRegistryAssert.assertThat(observations)
                    .hasObservationWithNameEqualTo("lattestream.client.requests")
                    .that()
                    .hasContextualNameEqualTo("lattestream trigger_batch")
                    .hasLowCardinalityKeyValue("client", "lattestream")
                    .hasLowCardinalityKeyValue("operation", "trigger_batch")
                    .hasLowCardinalityKeyValue("outcome", "SUCCESS")
                    .hasLowCardinalityKeyValue("status", "200")
                    .hasHighCardinalityKeyValue("endpoint", "http://" + service.endpoint())
                    .hasParentObservationContextMatching(
                            parent -> parent.getName().equals("shipping"))
                    .doesNotHaveError()
                    .hasBeenStarted()
                    .hasBeenStopped();
        });
    }

    @Test
    void aRequestOnTheThreadOfAnotherCallerIsNotAChildOfItsObservation() {
        Observation stranger = Observation.start("stranger", observations);

        stranger.scoped(() -> new MicrometerRequestObserver(observations, null)
                .start(new RequestObserver.Request("lattestream", "http://localhost", ServiceOperation.TRIGGER, null))
                .succeeded(200));

        TestObservationRegistryAssert.assertThat(observations)
                .hasObservationWithNameEqualTo("lattestream.client.requests")
                .that()
                .satisfies(request -> assertThat(request.getParentObservation()).isNotSameAs(stranger));
        assertThat(observations.getCurrentObservation()).isNull();
    }

    @Test
    void aRefusalHasItsStatusAndItsError() {
        service.respondingWith(exchange -> StubService.respond(exchange, 403));
        runner.run(context -> {
            assertThat(context.getBean(LatteStreamClient.class).ping()).failsWithin(Duration.ofSeconds(10));

            TestObservationRegistryAssert.assertThat(observations)
                    .hasSingleObservationThat()
                    .hasLowCardinalityKeyValue("operation", "ping")
                    .hasLowCardinalityKeyValue("outcome", "CLIENT_ERROR")
                    .hasLowCardinalityKeyValue("status", "403")
                    .hasError()
                    .hasBeenStopped();
        });
    }

    @Test
    void aServiceThatIsNotThereHasNoStatus() {
        runner.withPropertyValues("lattestream.endpoint=localhost:1").run(context -> {
            assertThat(context.getBean(LatteStreamClient.class).ping()).failsWithin(Duration.ofSeconds(10));

            TestObservationRegistryAssert.assertThat(observations)
                    .hasSingleObservationThat()
                    .hasLowCardinalityKeyValue("outcome", "UNKNOWN")
                    .hasLowCardinalityKeyValue("status", "IO_ERROR")
                    .hasBeenStopped();
        });
    }

    @Test
    void aConventionOfTheApplicationDeterminesNamesAndKeyValues() {
        runner.withBean(LatteStreamClientObservationConvention.class, OwnWords::new)
                .run(context -> {
                    context.getBean(LatteStreamClient.class).ping().join();

                    TestObservationRegistryAssert.assertThat(observations)
                            .hasSingleObservationThat()
                            .hasNameEqualTo("realtime.calls")
                            .hasLowCardinalityKeyValue("team", "orders")
                            .hasLowCardinalityKeyValue("status", "200");
                });
    }

    @Test
    void withoutARegistryThereIsNoRequestObserver() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        LatteStreamObservationAutoConfiguration.class, LatteStreamAutoConfiguration.class))
                .withPropertyValues("lattestream.secret=lsk_test_of_observation")
                .run(context -> assertThat(context)
                        .hasSingleBean(LatteStreamClient.class)
                        .doesNotHaveBean(RequestObserver.class));
    }

    @Test
    void theTraceOfARequestToTheApplicationContinuesInTheCall() throws Exception {
        try (ConfigurableApplicationContext application = new SpringApplicationBuilder(Tracing.class)
                .bannerMode(Banner.Mode.OFF)
                .run(
                        "--server.port=0",
                        "--management.tracing.sampling.probability=1",
                        "--lattestream.secret=lsk_test_of_observation",
                        "--lattestream.endpoint=" + service.endpoint(),
                        "--lattestream.use-tls=false")) {
            assertThat(get(application, "/ship")).isEqualTo(200);
            application.getBean(LatteStreamClient.class).flushBatch().join();
        }

        String traceparent = service.requests().get(0).headers().getFirst("traceparent");
        assertThat(traceparent).matches("00-" + TRACE_ID + "-[0-9a-f]{16}-01").doesNotContain(SPAN_ID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/reactive", "/elements"})
    void theTraceOfAnExchangeOnNettyContinuesInTheCall(String path) throws Exception {
        try (ConfigurableApplicationContext application = startOnNetty()) {
            assertThat(get(application, path)).isEqualTo(200);
            application.getBean(LatteStreamClient.class).flushBatch().join();
        }

        assertThat(service.requests().get(0).headers().getFirst("traceparent"))
                .matches("00-" + TRACE_ID + "-[0-9a-f]{16}-01")
                .doesNotContain(SPAN_ID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"private-now", "private-later"})
    void theTraceOfAnAuthorizationOnNettyContinuesInTheCall(String channel) throws Exception {
        try (ConfigurableApplicationContext application = startOnNetty()) {
            int port =
                    ((WebServerApplicationContext) application).getWebServer().getPort();
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/auth"))
                    .header("traceparent", "00-" + TRACE_ID + "-" + SPAN_ID + "-01")
                    .header("Authorization", "Basic " + Base64.getEncoder().encodeToString("alice:any".getBytes(UTF_8)))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(
                            "{\"socket_id\":\"1.2\",\"channel_name\":\"" + channel + "\"}"))
                    .build();
            HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
        }

        assertThat(service.requests().get(0).headers().getFirst("traceparent"))
                .matches("00-" + TRACE_ID + "-[0-9a-f]{16}-01")
                .doesNotContain(SPAN_ID);
    }

    private ConfigurableApplicationContext startOnNetty() {
        return new SpringApplicationBuilder(ReactiveTracing.class)
                .web(WebApplicationType.REACTIVE)
                .bannerMode(Banner.Mode.OFF)
                .run(
                        "--server.port=0",
                        "--management.tracing.sampling.probability=1",
                        "--lattestream.secret=lsk_test_of_observation",
                        "--lattestream.endpoint=" + service.endpoint(),
                        "--lattestream.use-tls=false");
    }

    private static int get(ConfigurableApplicationContext application, String path)
            throws IOException, InterruptedException {
        int port = ((WebServerApplicationContext) application).getWebServer().getPort();
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                .header("traceparent", "00-" + TRACE_ID + "-" + SPAN_ID + "-01")
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static final class OwnWords extends DefaultLatteStreamClientObservationConvention {

        @Override
        public String getName() {
            return "realtime.calls";
        }

        @Override
        public KeyValues getLowCardinalityKeyValues(LatteStreamClientObservationContext context) {
            return super.getLowCardinalityKeyValues(context).and("team", "orders");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Tracing {

        @Bean
        SecurityFilterChain permitAllRequests(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .build();
        }

        @Bean
        Shipping shipping(LatteStreamTemplate latteStream) {
            return new Shipping(latteStream);
        }
    }

    @RestController
    record Shipping(LatteStreamTemplate latteStream) {

        @GetMapping("/ship")
        void ship() {
            latteStream.trigger("orders", "shipped", 7);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({NettyServer.class, ReactiveShipping.class, Shipments.class, Authorizers.class})
    static class ReactiveTracing {

        @Bean
        SecurityWebFilterChain permitAllRequests(ServerHttpSecurity http) {
            return http.authorizeExchange(exchanges -> exchanges.anyExchange().permitAll())
                    .csrf(ServerHttpSecurity.CsrfSpec::disable)
                    .httpBasic(Customizer.withDefaults())
                    .build();
        }

        @Bean
        ReactiveAuthenticationManager users() {
            return login -> Mono.just(UsernamePasswordAuthenticationToken.authenticated(
                    login.getName(), null, AuthorityUtils.NO_AUTHORITIES));
        }
    }

    static class Authorizers {

        @ChannelAuthorizer("private-now")
        boolean now() {
            return true;
        }

        @ChannelAuthorizer("private-later")
        Mono<Boolean> later() {
            return Mono.just(true).delayElement(Duration.ofMillis(5));
        }
    }

    static class Shipments {

        @Broadcast(channel = "orders", event = "shipped")
        Mono<Map<String, Integer>> ship() {
            return Mono.just(Map.of("order", 7));
        }
    }

    @RestController
    record ReactiveShipping(ReactiveLatteStreamTemplate latteStream, Shipments shipments) {

        @GetMapping("/reactive")
        Mono<Void> ship() {
            return latteStream.trigger("orders", "shipped", 7).then();
        }

        @GetMapping("/elements")
        Mono<Void> elements() {
            return shipments.ship().then();
        }
    }
}
