package com.lattestream.spring.boot.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.LatteStreamTemplate;
import com.lattestream.core.RequestObserver;
import com.lattestream.core.ServiceOperation;
import com.lattestream.spring.ReactiveLatteStreamTemplate;
import com.lattestream.spring.boot.autoconfigure.LatteStreamAutoConfiguration;
import com.lattestream.spring.boot.autoconfigure.StubService;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

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
    void aRequestThatAnotherCallersThreadMakesIsNotPartOfWhatThatCallerIsAbout() {
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
        service.answering(exchange -> StubService.answer(exchange, 403));
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
    void anApplicationSaysItInItsOwnWords() {
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
    void withoutARegistryNobodyObserves() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        LatteStreamObservationAutoConfiguration.class, LatteStreamAutoConfiguration.class))
                .withPropertyValues("lattestream.secret=lsk_test_of_observation")
                .run(context -> assertThat(context)
                        .hasSingleBean(LatteStreamClient.class)
                        .doesNotHaveBean(RequestObserver.class));
    }

    @Test
    void theTraceOfARequestToTheApplicationGoesOnIntoTheCall() throws Exception {
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
        SecurityFilterChain everybodyMay(HttpSecurity http) throws Exception {
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
}
