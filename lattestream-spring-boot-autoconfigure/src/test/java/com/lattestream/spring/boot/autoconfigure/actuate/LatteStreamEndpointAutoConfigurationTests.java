package com.lattestream.spring.boot.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.LatteStreamTemplate;
import com.lattestream.core.TriggerResult;
import com.lattestream.spring.boot.actuate.LatteStreamEndpoint;
import com.lattestream.spring.boot.actuate.LatteStreamInfoContributor;
import com.lattestream.spring.boot.autoconfigure.LatteStreamAutoConfiguration;
import com.lattestream.spring.boot.autoconfigure.StubService;
import com.lattestream.spring.boot.autoconfigure.auth.LatteStreamAuthAutoConfiguration;
import com.lattestream.spring.boot.autoconfigure.webhook.LatteStreamWebhookAutoConfiguration;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import tools.jackson.databind.json.JsonMapper;

class LatteStreamEndpointAutoConfigurationTests {

    private final StubService service = StubService.start();

    private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    WebMvcAutoConfiguration.class,
                    LatteStreamAutoConfiguration.class,
                    LatteStreamAuthAutoConfiguration.class,
                    LatteStreamWebhookAutoConfiguration.class,
                    LatteStreamEndpointAutoConfiguration.class,
                    LatteStreamInfoContributorAutoConfiguration.class))
            .withPropertyValues(
                    "management.endpoints.web.exposure.include=lattestream",
                    "lattestream.secret=lsk_never_to_be_seen",
                    "lattestream.webhook.secrets=never_to_be_seen_either",
                    "lattestream.endpoint=" + service.endpoint(),
                    "lattestream.use-tls=false",
                    "lattestream.retry.max-retries=0",
                    "lattestream.batching.interval=1h");

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void theEndpointShowsVersionsAndResultsOfRequests() {
        runner.run(context -> {
            LatteStreamClient client = context.getBean(LatteStreamClient.class);
            client.trigger("chat", "message", 1);
            client.flushBatch().join();
            service.respondingWith(exchange -> StubService.respond(exchange, 503));
            assertThat(client.getUsers("presence-chat")).failsWithin(Duration.ofSeconds(10));

            LatteStreamEndpoint.Description description =
                    context.getBean(LatteStreamEndpoint.class).describe();
            assertThat(description.versions().springBoot()).matches("4\\..*");
            assertThat(description.versions().lattestream()).isNotEmpty();
            assertThat(description.clients()).containsOnlyKeys("latteStreamClient");
            LatteStreamEndpoint.Client described = description.clients().get("latteStreamClient");
            assertThat(described.name()).isEqualTo("lattestream");
            assertThat(described.endpoint()).isEqualTo("http://" + service.endpoint());
            assertThat(described.circuitBreaker()).isEqualTo("closed");
            assertThat(described.kinds()).containsOnlyKeys("events", "authorizations", "queries");
            assertThat(described.kinds().get("events").circuitBreaker()).isEqualTo("closed");
            assertThat(described.kinds().get("events").lastSuccess()).isNotNull();
            assertThat(described.kinds().get("queries").lastSuccess()).isNull();
            assertThat(described.kinds().get("queries").lastFailure()).containsEntry("status", 503);
            assertThat(described.events()).isEqualTo(new LatteStreamEndpoint.Events(0, 0, 10_000, 0, 1, 0, 0, 0));
            assertThat(described.requests().batches()).isOne();
            assertThat(described.requests().lastSuccess()).isNotNull();
            assertThat(described.requests().lastFailure())
                    .containsEntry("reason", "LatteStreamApiException")
                    .containsEntry("status", 503);
            assertThat(described.cache()).isEqualTo(new LatteStreamEndpoint.CacheStatistics(0, 0, 1));
            assertThat(JsonMapper.shared().writeValueAsString(description)).doesNotContain("never_to_be_seen");
        });
    }

    @Test
    void flushingDeliversWaitingEvents() {
        runner.run(context -> {
            CompletableFuture<TriggerResult> waiting =
                    context.getBean(LatteStreamTemplate.class).trigger("chat", "message", 1);
            assertThat(waiting).isNotDone();

            assertThat(context.getBean(LatteStreamEndpoint.class).flush().flushed())
                    .isEqualTo(Map.of("latteStreamClient", true));

            assertThat(waiting).isCompleted();
        });
    }

    @Test
    void aClosedClientIsNotFlushed() {
        runner.run(context -> {
            context.getBean(LatteStreamClient.class).close();

            assertThat(context.getBean(LatteStreamEndpoint.class).flush().flushed())
                    .isEqualTo(Map.of("latteStreamClient", false));
        });
    }

    @Test
    void aClientOfTheApplicationsOwnIsEnough() {
        new WebApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(LatteStreamEndpointAutoConfiguration.class))
                .withPropertyValues("management.endpoints.web.exposure.include=lattestream")
                .withBean("own", LatteStreamClient.class, () -> LatteStreamClient.create("lsk_own"))
                .run(context -> assertThat(context.getBean(LatteStreamEndpoint.class)
                                .describe()
                                .clients())
                        .containsOnlyKeys("own"));
    }

    @Test
    void isNotThereUnlessItIsExposed() {
        runner.withPropertyValues("management.endpoints.web.exposure.include=health")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(LatteStreamEndpoint.class));
    }

    @Test
    void anEnabledInfoContributorShowsTheVersionAndTheService() {
        runner.withPropertyValues("management.info.lattestream.enabled=true").run(context -> {
            Info.Builder info = new Info.Builder();
            context.getBean(LatteStreamInfoContributor.class).contribute(info);

            assertThat(info.build().getDetails())
                    .extractingByKey("lattestream")
                    .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                    .containsKey("version")
                    .containsEntry("endpoints", List.of("http://" + service.endpoint()));
        });
    }

    @Test
    void theInfoEndpointHasNoNewEntryByDefault() {
        runner.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(LatteStreamInfoContributor.class));
    }
}
