package com.lattestream.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.lattestream.core.LatteStreamApiException;
import com.lattestream.core.LatteStreamConnectionException;
import com.lattestream.core.LatteStreamQueueFullException;
import com.lattestream.core.LatteStreamTemplate;
import com.lattestream.core.LatteStreamTimeoutException;
import com.lattestream.core.LatteStreamUnavailableException;
import com.lattestream.core.TriggerResult;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The effects of the properties on the requests to the service. */
class LatteStreamPropertiesTests {

    private static final String SECRET = "lsk_test_of_the_properties";

    private final StubService service = StubService.start();

    @AfterEach
    void stopService() {
        service.close();
    }

    @Test
    void requestsCarryTheSecretToTheEndpoint() {
        run(template -> template.trigger("chat", "message", 1).join());
        assertThat(service.requests()).singleElement().satisfies(request -> {
            assertThat(request.authorization()).isEqualTo(SECRET);
            assertThat(request.path()).isEqualTo("/batch_events");
        });
    }

    @Test
    void theEndpointMayHaveABasePath() {
        run(
                template -> template.trigger("chat", "message", 1).join(),
                "lattestream.endpoint=" + service.endpoint() + "/base");
        assertThat(service.requests())
                .singleElement()
                .extracting(StubService.Request::path)
                .isEqualTo("/base/batch_events");
    }

    @Test
    void withoutBatchingEventsAreSentSeparately() {
        run(template -> template.trigger("chat", "message", 1).join(), "lattestream.batching.enabled=false");
        assertThat(service.requests())
                .singleElement()
                .extracting(StubService.Request::path)
                .isEqualTo("/events");
    }

    @Test
    void aFullBatchDoesNotWaitForTheInterval() {
        run(
                template -> {
                    CompletableFuture<TriggerResult> first = template.trigger("chat", "message", 1);
                    template.trigger("chat", "message", 2).join();
                    first.join();
                },
                "lattestream.batching.size=2",
                "lattestream.batching.interval=1h");
        assertThat(service.requests()).hasSize(1);
    }

    @Test
    void theFirstRetryFollowsTheDelay() {
        answerAtFirstWith(503, null);
        run(
                template -> template.trigger("chat", "message", 1).join(),
                "lattestream.retry.max-retries=1",
                "lattestream.retry.delay=1ms");
        assertThat(service.requests()).hasSize(2);
    }

    @Test
    void retryAfterIsLimitedToTheLongestDelay() {
        answerAtFirstWith(429, "3600");
        run(template -> template.trigger("chat", "message", 1).join(), "lattestream.retry.max-delay=1ms");
        assertThat(service.requests()).hasSize(2);
    }

    @Test
    void withoutRetriesAFailureIsFinal() {
        answerAtFirstWith(503, null);
        run(
                template -> assertThatExceptionOfType(CompletionException.class)
                        .isThrownBy(() -> template.trigger("chat", "message", 1).join())
                        .withCauseInstanceOf(LatteStreamApiException.class),
                "lattestream.retry.max-retries=0");
        assertThat(service.requests()).hasSize(1);
    }

    @Test
    void aResponseIsAwaitedForTheTimeout() {
        CountDownLatch end = answerWhenReleased();
        run(
                template -> assertThatExceptionOfType(LatteStreamTimeoutException.class)
                        .isThrownBy(() -> template.getChannelInfo("chat")),
                "lattestream.timeout=100ms",
                "lattestream.retry.max-retries=0");
        end.countDown();
    }

    @Test
    void noMoreConnectionsAreOpenedThanAllowed() {
        AtomicInteger open = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        service.respondingWith(exchange -> {
            most.accumulateAndGet(open.incrementAndGet(), Math::max);
            open.decrementAndGet();
            StubService.respond(exchange, 200);
        });
        run(
                template -> {
                    List<CompletableFuture<TriggerResult>> results = IntStream.range(0, 50)
                            .mapToObj(i -> template.trigger("chat-" + i, "message", i))
                            .toList();
                    results.forEach(CompletableFuture::join);
                },
                "lattestream.batching.enabled=false",
                "lattestream.connection-pool.max-connections=1");
        assertThat(service.requests()).hasSize(50);
        assertThat(most).hasValue(1);
    }

    @Test
    void responsesAreCached() {
        run(template -> {
            template.getChannelInfo("chat");
            template.getChannelInfo("chat");
        });
        assertThat(service.requests()).hasSize(1);
    }

    @Test
    void withoutCachingEveryQueryIsSent() {
        run(
                template -> {
                    template.getChannelInfo("chat");
                    template.getChannelInfo("chat");
                },
                "lattestream.cache.timeout=0");
        assertThat(service.requests()).hasSize(2);
    }

    @Test
    void aTriggerInAFullQueueFails() {
        CountDownLatch end = answerWhenReleased();
        run(
                template -> {
                    CompletableFuture<TriggerResult> taken = template.trigger("chat", "message", 1);
                    assertThatExceptionOfType(LatteStreamQueueFullException.class)
                            .isThrownBy(() -> template.trigger("chat", "message", 2));
                    end.countDown();
                    taken.join();
                },
                "lattestream.batching.max-queued-events=1",
                "lattestream.batching.max-block=10ms");
    }

    @Test
    void anEventThatIsNotDeliveredInTimeFails() {
        answerAtFirstWith(503, "30");
        run(
                template -> assertThatExceptionOfType(CompletionException.class)
                        .isThrownBy(() -> template.trigger("chat", "message", 1).join())
                        .withCauseInstanceOf(LatteStreamTimeoutException.class),
                "lattestream.batching.delivery-timeout=200ms");
    }

    @Test
    void aServiceThatFailsIsLeftAlone() {
        service.respondingWith(exchange -> StubService.respond(exchange, 500));
        run(
                template -> {
                    assertThatExceptionOfType(LatteStreamApiException.class)
                            .isThrownBy(() -> template.getChannelInfo("a"));
                    assertThatExceptionOfType(LatteStreamUnavailableException.class)
                            .isThrownBy(() -> template.getChannelInfo("b"));
                },
                "lattestream.retry.max-retries=0",
                "lattestream.circuit-breaker.sliding-window-size=1",
                "lattestream.circuit-breaker.minimum-number-of-calls=1");
        assertThat(service.requests()).hasSize(1);
    }

    @Test
    void withoutAmbiguousRetriesAnEventWithoutAResponseIsNotSentAgain() {
        service.respondingWith(exchange -> {
            throw new IOException("no response");
        });
        run(
                template -> assertThatExceptionOfType(CompletionException.class)
                        .isThrownBy(() -> template.trigger("chat", "message", 1).join())
                        .withCauseInstanceOf(LatteStreamConnectionException.class),
                "lattestream.retry.ambiguous=fail");
        assertThat(service.requests()).hasSize(1);
    }

    private CountDownLatch answerWhenReleased() {
        CountDownLatch release = new CountDownLatch(1);
        service.respondingWith(exchange -> {
            try {
                release.await();
            } catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
            StubService.respond(exchange, 200);
        });
        return release;
    }

    private void answerAtFirstWith(int status, String retryAfter) {
        AtomicInteger count = new AtomicInteger();
        service.respondingWith(exchange -> {
            if (count.getAndIncrement() > 0) {
                StubService.respond(exchange, 200);
                return;
            }
            if (retryAfter != null) {
                exchange.getResponseHeaders().add("Retry-After", retryAfter);
            }
            StubService.respond(exchange, status);
        });
    }

    private void run(Consumer<LatteStreamTemplate> use, String... properties) {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(LatteStreamAutoConfiguration.class))
                .withPropertyValues("lattestream.secret=" + SECRET, "lattestream.use-tls=false")
                .withPropertyValues("lattestream.endpoint=" + service.endpoint())
                .withPropertyValues(properties)
                .run(context -> use.accept(context.getBean(LatteStreamTemplate.class)));
    }
}
