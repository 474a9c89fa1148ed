package com.lattestream.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.lattestream.core.support.StubService;
import com.lattestream.core.support.StubService.Reply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Events that expire before the delivery timeout, from the perspective of a user of the client. */
class EventExpiryTests {

    private static final Duration WAIT = Duration.ofSeconds(10);

    private final StubService service = new StubService();

    private final List<UndeliveredEvent> undelivered = new CopyOnWriteArrayList<>();

    private final LatteStreamClient client = LatteStreamClient.builder("lsk_test_secret")
            .endpoint(service.endpoint())
            .useTls(false)
            .batchInterval(Duration.ofMinutes(1))
            .retryDelay(Duration.ofMillis(50))
            .undeliveredEventHandler((events, reason) -> undelivered.addAll(events))
            .build();

    @AfterEach
    void close() {
        client.close();
        service.close();
    }

    private static Event price(String name, Duration expiry) {
        return Event.of("prices", name, 1).expiringAfter(expiry);
    }

    private static LatteStreamTimeoutException expiration(CompletableFuture<TriggerResult> event) {
        assertThat(event).failsWithin(WAIT);
        return (LatteStreamTimeoutException)
                event.handle((result, failure) -> failure).join();
    }

    @Test
    void anEventThatWaitsTooLongFailsAndIsNotSentWhileOthersAre() {
        CompletableFuture<TriggerResult> early = client.trigger(price("early", Duration.ofMillis(20)));
        CompletableFuture<TriggerResult> late = client.trigger(price("late", Duration.ofMinutes(1)));
        CompletableFuture<TriggerResult> plain = client.trigger("prices", "plain", 1);
        assertThat(expiration(early).isAmbiguous()).isFalse();
        client.flushBatch().join();

        assertThat(late).isCompleted();
        assertThat(plain).isCompleted();
        assertThat(service.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.text())
                        .contains("\"late\"", "\"plain\"")
                        .doesNotContain("\"early\""));
        await().untilAsserted(() -> assertThat(undelivered).singleElement().satisfies(event -> {
            assertThat(event.name()).isEqualTo("early");
            assertThat(event.expiry()).contains(Duration.ofMillis(20));
        }));
        LatteStreamStatistics statistics = client.statistics();
        assertThat(statistics.failed()).isEqualTo(1);
        assertThat(statistics.delivered()).isEqualTo(2);
        assertThat(statistics.queued() + statistics.inFlight() + statistics.queuedBytes())
                .isZero();
    }

    @Test
    void anEventThatExpiresDuringItsRequestFailsAsAmbiguous() {
        CountDownLatch release = service.answerWhenReleased("{}");
        CompletableFuture<TriggerResult> event = client.trigger(price("sent", Duration.ofSeconds(3)));
        client.flushBatch();
        await().until(() -> !service.requests().isEmpty());

        assertThat(expiration(event).isAmbiguous()).isTrue();
        release.countDown();
        assertThat(client.flushBatch()).succeedsWithin(WAIT);
        // a slow response also leads to a ping
        assertThat(service.requests())
                .filteredOn(request -> request.path().equals("/batch_events"))
                .hasSize(1);
        assertThat(client.statistics().delivered()).isZero();
    }

    @Test
    void anEventThatExpiredIsNotSentAgain() {
        service.answer(request -> Reply.of(503, ""));
        CompletableFuture<TriggerResult> event = client.trigger(price("retried", Duration.ofSeconds(5)));
        client.flushBatch();
        assertThat(expiration(event)).hasMessageContaining("received status 503");
        int attempts = service.requests().size();
        assertThat(attempts).isPositive();

        service.answer(request -> Reply.json("{}"));
        CompletableFuture<TriggerResult> next = client.trigger(price("next", Duration.ofMinutes(1)));
        assertThat(client.flushBatch()).succeedsWithin(WAIT);

        assertThat(next).isCompleted();
        assertThat(service.requests().subList(attempts, service.requests().size()))
                .allSatisfy(request -> assertThat(request.text()).doesNotContain("\"retried\""));
    }

    @Test
    void theEventsOfABatchExpireOneByOne() {
        CountDownLatch release = service.answerWhenReleased("{}");
        client.trigger("prices", "before", 1);
        client.flushBatch();
        await().until(() -> !service.requests().isEmpty());
        CompletableFuture<List<TriggerResult>> batch =
                client.triggerBatch(List.of(price("early", Duration.ofMillis(20)), Event.of("prices", "late", 1)));
        await().until(() -> undelivered.size() == 1);
        release.countDown();

        assertThat(batch).failsWithin(WAIT);
        assertThat(service.requests())
                .last()
                .satisfies(request ->
                        assertThat(request.text()).contains("\"late\"").doesNotContain("\"early\""));
    }
}
