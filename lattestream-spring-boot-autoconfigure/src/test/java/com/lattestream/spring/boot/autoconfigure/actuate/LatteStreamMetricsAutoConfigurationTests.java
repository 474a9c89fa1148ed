package com.lattestream.spring.boot.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.lattestream.core.Event;
import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.LatteStreamTemplate;
import com.lattestream.core.TriggerResult;
import com.lattestream.spring.boot.actuate.LatteStreamDeliveryMetrics;
import com.lattestream.spring.boot.autoconfigure.LatteStreamAutoConfiguration;
import com.lattestream.spring.boot.autoconfigure.StubService;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.AbstractDoubleAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class LatteStreamMetricsAutoConfigurationTests {

    private final StubService service = StubService.start();

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    MetricsAutoConfiguration.class,
                    CompositeMeterRegistryAutoConfiguration.class,
                    LatteStreamAutoConfiguration.class,
                    LatteStreamMetricsAutoConfiguration.class))
            .withBean(SimpleMeterRegistry.class)
            .withPropertyValues(
                    "lattestream.secret=lsk_test_of_metrics",
                    "lattestream.endpoint=" + service.endpoint(),
                    "lattestream.use-tls=false",
                    "lattestream.retry.max-retries=1",
                    "lattestream.retry.delay=1ms");

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void eventsAreCountedByOutcome() {
        runner.withPropertyValues("lattestream.batching.size=2").run(context -> {
            MeterRegistry meters = context.getBean(MeterRegistry.class);
            LatteStreamTemplate template = context.getBean(LatteStreamTemplate.class);
            template.trigger("chat", "message", 1);
            template.trigger("chat", "message", 2).join();
            service.respondingWith(exchange -> StubService.respond(exchange, 400));
            assertThat(template.trigger("chat", "message", 3)).failsWithin(Duration.ofSeconds(10));

            assertThatCounter(meters, "lattestream.events", "outcome", "delivered")
                    .isEqualTo(2);
            assertThatCounter(meters, "lattestream.events", "outcome", "failed").isOne();
            assertThatCounter(meters, "lattestream.events", "outcome", "rejected")
                    .isZero();
            assertThat(meters.get("lattestream.event.delivery")
                            .tag("outcome", "delivered")
                            .tag("client", "lattestream")
                            .timer()
                            .count())
                    .isEqualTo(2);
            assertThat(meters.get("lattestream.event.delivery")
                            .tag("outcome", "failed")
                            .timer()
                            .count())
                    .isOne();
            assertThat(meters.get("lattestream.batch.size").summary().count()).isEqualTo(2);
            assertThat(meters.get("lattestream.batch.size").summary().totalAmount())
                    .isEqualTo(3);
            assertThat(meters.get("lattestream.queue.size").gauge().value()).isZero();
            assertThat(meters.get("lattestream.queue.capacity").gauge().value()).isEqualTo(10_000);
        });
    }

    @Test
    void supersededEventsAreCounted() {
        runner.run(context -> {
            MeterRegistry meters = context.getBean(MeterRegistry.class);
            LatteStreamTemplate template = context.getBean(LatteStreamTemplate.class);
            Event event = Event.of("prices", "price", 1).conflated();
            assertThatCounter(meters, "lattestream.events", "outcome", "superseded")
                    .isZero();
            CompletableFuture<TriggerResult> first = template.trigger(event);
            CompletableFuture<TriggerResult> second = template.trigger(event);
            template.flushBatch().join();

            assertThat(first.join().superseded()).isTrue();
            assertThat(second.join().superseded()).isFalse();
            assertThatCounter(meters, "lattestream.events", "outcome", "superseded")
                    .isOne();
            assertThatCounter(meters, "lattestream.events", "outcome", "delivered")
                    .isOne();
        });
    }

    @Test
    void retriesAreCounted() {
        service.respondingWith(exchange -> StubService.respond(exchange, 503));
        runner.run(context -> {
            assertThat(context.getBean(LatteStreamClient.class).getUsers("presence-chat"))
                    .failsWithin(Duration.ofSeconds(10));

            MeterRegistry meters = context.getBean(MeterRegistry.class);
            assertThat(meters.get("lattestream.retries").functionCounter().count())
                    .isOne();
            assertThat(meters.get("resilience4j.retry.calls")
                            .tag("name", "lattestream-queries")
                            .tag("kind", "failed_with_retry")
                            .functionCounter()
                            .count())
                    .isOne();
            assertThat(List.of("lattestream-events", "lattestream-authorizations", "lattestream-queries"))
                    .allSatisfy(breaker -> assertThat(meters.get("resilience4j.circuitbreaker.state")
                                    .tag("name", breaker)
                                    .tag("state", "closed")
                                    .gauge()
                                    .value())
                            .isOne());
            // the connection is released after the future has failed
            await().untilAsserted(() -> assertThat(List.of("events", "authorizations", "queries"))
                    .allSatisfy(kind -> {
                        assertThat(meters.get("lattestream.connections.used")
                                        .tag("kind", kind)
                                        .gauge()
                                        .value())
                                .isZero();
                        assertThat(meters.get("lattestream.connections.waiting")
                                        .tag("kind", kind)
                                        .gauge()
                                        .value())
                                .isZero();
                    }));
        });
    }

    @Test
    void metricsOfTheLibrariesAreRegistered() {
        runner.run(context -> {
            MeterRegistry meters = context.getBean(MeterRegistry.class);

            assertThat(meters.get("httpcomponents.httpclient.pool.total.max")
                            .tag("httpclient", "lattestream")
                            .gauge()
                            .value())
                    .isEqualTo(20);
            assertThat(meters.find("cache.gets").tag("cache", "lattestream").functionCounters())
                    .hasSize(2);
        });
    }

    @Test
    void eachClientHasMetersOfItsOwn() {
        runner.withBean(
                        "chat",
                        LatteStreamClient.class,
                        () -> LatteStreamClient.builder("lsk_one").name("chat").build())
                .withBean(
                        "news",
                        LatteStreamClient.class,
                        () -> LatteStreamClient.builder("lsk_two").name("news").build())
                .run(context -> assertThat(context.getBean(MeterRegistry.class)
                                .find("lattestream.queue.size")
                                .gauges())
                        .extracting(gauge -> gauge.getId().getTag("client"))
                        .containsExactlyInAnyOrder("chat", "news"));
    }

    @Test
    void aClientOfTheSameNameHasMetersOfItsOwn() {
        runner.withBean(
                        "second",
                        LatteStreamClient.class,
                        () -> LatteStreamClient.create("lsk_second"),
                        definition -> ((AbstractBeanDefinition) definition).setDefaultCandidate(false))
                .run(context -> {
                    MeterRegistry meters = context.getBean(MeterRegistry.class);

                    assertThat(tags(meters, "lattestream.events", "client")).containsOnly("lattestream", "second");
                    assertThat(tags(meters, "httpcomponents.httpclient.pool.total.max", "httpclient"))
                            .containsExactlyInAnyOrder("lattestream", "second");
                    assertThat(tags(meters, "cache.gets", "cache")).containsOnly("lattestream", "second");
                    assertThat(tags(meters, "resilience4j.circuitbreaker.state", "name"))
                            .containsOnly(
                                    "lattestream-events",
                                    "lattestream-authorizations",
                                    "lattestream-queries",
                                    "second-events",
                                    "second-authorizations",
                                    "second-queries");
                    assertThat(tags(meters, "resilience4j.retry.calls", "name"))
                            .containsOnly(
                                    "lattestream-events", "lattestream-queries", "second-events", "second-queries");
                });
    }

    @Test
    void theBreakerOfAnotherClientIsMeasured() {
        LatteStreamClient second = LatteStreamClient.create("lsk_second");
        runner.withBean("first", LatteStreamClient.class, () -> LatteStreamClient.create("lsk_first"))
                .withBean("second", LatteStreamClient.class, () -> second)
                .run(context -> {
                    second.unwrapAll(CircuitBreaker.class).forEach(CircuitBreaker::transitionToForcedOpenState);

                    assertThat(open(context.getBean(MeterRegistry.class), "second-events"))
                            .isOne();
                    assertThat(open(context.getBean(MeterRegistry.class), "first-events"))
                            .isZero();
                });
    }

    @Test
    void aClientThatIsCreatedLaterIsMeasured() {
        runner.withBean("late", LatteStreamClient.class, () -> LatteStreamClient.create("lsk_late"), definition -> {
                    definition.setLazyInit(true);
                    ((AbstractBeanDefinition) definition).setDefaultCandidate(false);
                })
                .run(context -> {
                    MeterRegistry meters = context.getBean(MeterRegistry.class);
                    assertThat(tags(meters, "lattestream.events", "client")).doesNotContain("late");

                    context.getBean("late");

                    assertThat(tags(meters, "lattestream.events", "client")).contains("late");
                });
    }

    private static double open(MeterRegistry meters, String name) {
        return meters.get("resilience4j.circuitbreaker.state")
                .tag("name", name)
                .tag("state", "forced_open")
                .gauge()
                .value();
    }

    private static List<String> tags(MeterRegistry meters, String meter, String tag) {
        return meters.find(meter).meters().stream()
                .map(each -> String.valueOf(each.getId().getTag(tag)))
                .toList();
    }

    @Test
    void withoutTheBindersOfResilience4jTheOthersAreThere() {
        runner.withClassLoader(new FilteredClassLoader("io.github.resilience4j.micrometer"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(LatteStreamDeliveryMetrics.class)
                        .doesNotHaveBean("latteStreamResilienceMetrics"));
    }

    @Test
    void ofSeveralRegistriesNoneIsChosen() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        LatteStreamAutoConfiguration.class, LatteStreamMetricsAutoConfiguration.class))
                .withBean("one", SimpleMeterRegistry.class)
                .withBean("other", SimpleMeterRegistry.class)
                .withPropertyValues("lattestream.secret=lsk_test_of_metrics")
                .run(context -> assertThat(context)
                        .hasSingleBean(LatteStreamClient.class)
                        .doesNotHaveBean(LatteStreamDeliveryMetrics.class));
    }

    @Test
    void withoutARegistryNothingIsMeasured() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        LatteStreamAutoConfiguration.class, LatteStreamMetricsAutoConfiguration.class))
                .withPropertyValues("lattestream.secret=lsk_test_of_metrics")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(LatteStreamDeliveryMetrics.class));
    }

    private static AbstractDoubleAssert<?> assertThatCounter(
            MeterRegistry meters, String name, String tag, String value) {
        return assertThat(meters.get(name).tag(tag, value).functionCounter().count());
    }
}
