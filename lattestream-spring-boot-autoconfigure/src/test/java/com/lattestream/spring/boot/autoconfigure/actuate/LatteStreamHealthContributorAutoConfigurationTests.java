package com.lattestream.spring.boot.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.LatteStreamTemplate;
import com.lattestream.spring.boot.actuate.LatteStreamHealthIndicator;
import com.lattestream.spring.boot.autoconfigure.LatteStreamAutoConfiguration;
import com.lattestream.spring.boot.autoconfigure.StubService;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.actuate.endpoint.ApiVersion;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.actuate.endpoint.ReactiveHealthEndpointWebExtension;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class LatteStreamHealthContributorAutoConfigurationTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    LatteStreamAutoConfiguration.class,
                    LatteStreamHealthContributorAutoConfiguration.class,
                    HealthContributorAutoConfiguration.class))
            .withPropertyValues("lattestream.secret=lsk_test_of_health");

    @Test
    void healthIsThatOfTheLastRequests() {
        try (StubService service = StubService.start()) {
            runner.withPropertyValues(
                            "lattestream.endpoint=" + service.endpoint(),
                            "lattestream.use-tls=false",
                            "lattestream.retry.max-retries=0")
                    .run(context -> {
                        HealthIndicator indicator = context.getBean(LatteStreamHealthIndicator.class);
                        LatteStreamClient client = context.getBean(LatteStreamClient.class);
                        assertThat(indicator.health().getDetails()).containsEntry("state", "idle");
                        assertThat(service.requests()).isEmpty();

                        client.trigger("chat", "message", 1).join();
                        assertThat(indicator.health().getDetails()).containsEntry("state", "available");
                    });
        }
    }

    @Test
    void aServiceThatIsNotThereIsDown() {
        runner.withPropertyValues(
                        "lattestream.endpoint=localhost:1",
                        "lattestream.use-tls=false",
                        "lattestream.retry.max-retries=0")
                .run(context -> {
                    assertThat(context.getBean(LatteStreamClient.class).trigger("chat", "message", 1))
                            .failsWithin(Duration.ofSeconds(10));

                    assertThat(context.getBean(LatteStreamHealthIndicator.class)
                                    .health()
                                    .getStatus())
                            .isEqualTo(Status.DOWN);
                });
    }

    @Test
    void aProbeIsSentBeforeAnyOtherRequest() {
        try (StubService service = StubService.start()) {
            runner.withPropertyValues(
                            "lattestream.endpoint=" + service.endpoint(),
                            "lattestream.use-tls=false",
                            "management.health.lattestream.probe=true")
                    .run(context -> {
                        HealthIndicator indicator = context.getBean(LatteStreamHealthIndicator.class);

                        assertThat(indicator.health().getDetails()).containsEntry("state", "available");
                        indicator.health();
                        assertThat(service.requests())
                                .singleElement()
                                .extracting(StubService.Request::method)
                                .isEqualTo("GET");
                    });
        }
    }

    @Test
    void onWebFluxSpringBootCallsTheIndicatorOnAThreadThatMayBlock() {
        AtomicReference<Boolean> blockingAllowed = new AtomicReference<>();
        LatteStreamClient client = mock(LatteStreamClient.class);
        given(client.statistics()).willAnswer(call -> {
            blockingAllowed.set(!Schedulers.isInNonBlockingThread());
            return null;
        });
        new ReactiveWebApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        LatteStreamAutoConfiguration.class,
                        LatteStreamHealthContributorAutoConfiguration.class,
                        HealthContributorAutoConfiguration.class,
                        HealthContributorRegistryAutoConfiguration.class,
                        HealthEndpointAutoConfiguration.class))
                .withPropertyValues("management.endpoints.web.exposure.include=health")
                .withBean("latteStreamClient", LatteStreamClient.class, () -> client)
                .run(context -> {
                    Mono<?> health = context.getBean(ReactiveHealthEndpointWebExtension.class)
                            .health(
                                    ApiVersion.LATEST,
                                    WebServerNamespace.SERVER,
                                    SecurityContext.NONE,
                                    true,
                                    "lattestream");

                    assertThat(health.subscribeOn(Schedulers.parallel()).block(Duration.ofSeconds(10)))
                            .isNotNull();
                    assertThat(blockingAllowed).hasValue(true);
                });
    }

    @Test
    void itIsCalledLattestream() {
        runner.run(context -> assertThat(context).hasBean("lattestreamHealthContributor"));
    }

    @Test
    void itCanBeTurnedOff() {
        runner.withPropertyValues("management.health.lattestream.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(LatteStreamHealthIndicator.class));
    }

    @Test
    void anIndicatorOfTheApplicationReplacesIt() {
        HealthIndicator own = () -> null;
        runner.withBean("lattestreamHealthIndicator", HealthIndicator.class, () -> own)
                .run(context -> assertThat(context).doesNotHaveBean(LatteStreamHealthIndicator.class));
    }

    @Test
    void severalClientsHaveTheirOwn() {
        runner.withBean("chat", LatteStreamClient.class, () -> LatteStreamClient.create("lsk_one"))
                .withBean("news", LatteStreamClient.class, () -> LatteStreamClient.create("lsk_two"))
                .run(context -> assertThat(context.getBean(CompositeHealthContributor.class).stream())
                        .extracting(HealthContributors.Entry::name)
                        .containsExactlyInAnyOrder("chat", "news"));
    }

    @Test
    void aClientThatIsNotADefaultCandidateHasItsOwn() {
        runner.withBean(
                        "second",
                        LatteStreamClient.class,
                        () -> LatteStreamClient.create("lsk_second"),
                        definition -> ((AbstractBeanDefinition) definition).setDefaultCandidate(false))
                .run(context -> assertThat(context.getBean(CompositeHealthContributor.class).stream())
                        .extracting(HealthContributors.Entry::name)
                        .containsExactlyInAnyOrder("latteStreamClient", "second"));
    }

    @Test
    void aClientThatCannotBeCreatedIsDown() {
        runner.withPropertyValues("lattestream.secret=", "management.health.lattestream.probe=true")
                .withBean(LatteStreamTemplate.class, () -> mock(LatteStreamTemplate.class))
                .run(context -> {
                    Health health =
                            context.getBean(LatteStreamHealthIndicator.class).health();
                    assertThat(health.getStatus()).isEqualTo(Status.DOWN);
                    assertThat(health.getDetails()).containsOnlyKeys("error");
                });
    }
}
