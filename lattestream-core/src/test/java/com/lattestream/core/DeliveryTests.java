package com.lattestream.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import com.lattestream.core.support.StubService;
import com.lattestream.core.support.StubService.Reply;
import com.lattestream.core.support.StubService.Request;
import com.lattestream.core.support.Vectors;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The guarantees for events, from the perspective of a user of the client. */
class DeliveryTests {

    private final StubService service = new StubService();

    private final List<UndeliveredEvent> undelivered = Collections.synchronizedList(new ArrayList<>());

    private LatteStreamClient client = builder().build();

    private LatteStreamClientBuilder builder() {
        return LatteStreamClient.builder("lsk_test_secret")
                .endpoint(service.endpoint())
                .useTls(false)
                .batchInterval(Duration.ofMillis(5))
                .retryDelay(Duration.ofMillis(1))
                .undeliveredEventHandler((events, reason) -> undelivered.addAll(events));
    }

    private LatteStreamClient use(LatteStreamClientBuilder builder) {
        client.close();
        client = builder.build();
        return client;
    }

    @AfterEach
    void close() {
        client.close();
        service.close();
    }

    private static List<String> names(Request request) {
        JsonNode body = Vectors.JSON.readTree(request.body());
        return body.has("batch")
                ? body.path("batch")
                        .valueStream()
                        .map(event -> event.path("name").stringValue())
                        .toList()
                : List.of(body.path("event").stringValue());
    }

    private List<CompletableFuture<TriggerResult>> trigger(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> client.trigger("chat", "e" + i, i))
                .toList();
    }

    private static void settle(List<? extends CompletableFuture<?>> futures) {
        futures.forEach(future -> future.handle((result, failure) -> null).join());
    }

    /** Refuses every request with one of these events. */
    private List<String> refuse(int status, String... culprits) {
        List<String> accepted = Collections.synchronizedList(new ArrayList<>());
        service.answer(request -> {
            if (!Collections.disjoint(names(request), List.of(culprits))) {
                return Reply.of(status, "{\"error\":\"no\"}");
            }
            accepted.addAll(names(request));
            return Reply.json("{}");
        });
        return accepted;
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 422})
    void oneBadEventCostsOneEvent(int status) {
        List<String> accepted = refuse(status, "e13");

        List<CompletableFuture<TriggerResult>> events = trigger(50);
        settle(events);

        assertThat(accepted)
                .isEqualTo(IntStream.range(0, 50)
                        .filter(i -> i != 13)
                        .mapToObj(i -> "e" + i)
                        .toList());
        assertThat(events.get(13))
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(LatteStreamApiException.class, ex -> {
                    assertThat(ex.status()).isEqualTo(status);
                    assertThat(ex.responseBody()).isEqualTo("{\"error\":\"no\"}");
                });
        client.flushBatch().join();
        assertThat(undelivered)
                .singleElement()
                .satisfies(event -> assertThat(event.name()).isEqualTo("e13"));
        LatteStreamStatistics statistics = client.statistics();
        assertThat(statistics.delivered()).isEqualTo(49);
        assertThat(statistics.failed()).isEqualTo(1);
        assertThat(statistics.split()).isPositive();
        assertThat(statistics.retried()).isZero();
    }

    @Test
    void oneBadEventOfAnExplicitBatchCostsOneEvent() {
        List<String> accepted = refuse(400, "e3");
        List<Event> events = IntStream.range(0, 10)
                .mapToObj(i -> Event.of("chat", "e" + i, i))
                .toList();

        CompletableFuture<List<TriggerResult>> batch = client.triggerBatch(events);

        assertThat(batch)
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(LatteStreamApiException.class);
        assertThat(accepted).hasSize(9).doesNotContain("e3");
    }

    @Test
    void aRefusedEventAmongOthersIsIsolatedThoughTheServiceFailsInBetween() {
        use(builder().enableCircuitBreaker(false));
        AtomicInteger requests = new AtomicInteger();
        List<String> accepted = Collections.synchronizedList(new ArrayList<>());
        service.answer(request -> {
            if (requests.incrementAndGet() % 2 == 0) {
                return Reply.of(503, "");
            }
            if (names(request).contains("e13")) {
                return Reply.of(400, "");
            }
            accepted.addAll(names(request));
            return Reply.json("{}");
        });

        settle(trigger(50));

        assertThat(accepted).hasSize(49).doesNotHaveDuplicates();
        assertThat(client.statistics().retried()).isPositive();
    }

    @Test
    void whenTheQueueIsFullTriggerWaitsForRoom() {
        use(builder().maxQueuedEvents(10).batchSize(10).maxBlock(Duration.ofSeconds(30)));

        List<CompletableFuture<TriggerResult>> events = trigger(100);

        settle(events);
        assertThat(client.statistics().delivered()).isEqualTo(100);
        assertThat(client.statistics().rejected()).isZero();
    }

    @Test
    void whenTheQueueStaysFullTheCallFailsAndNoEventIsAccepted() {
        use(builder().maxQueuedEvents(2).maxBlock(Duration.ofMillis(20)));
        CountDownLatch release = service.answerWhenReleased("{}");
        List<CompletableFuture<TriggerResult>> taken = trigger(2);

        assertThatExceptionOfType(LatteStreamQueueFullException.class)
                .isThrownBy(() -> client.trigger("chat", "one too many", 1))
                .withMessageContaining("2 of at most 2 events")
                .withMessageContaining("PT0.02S");
        assertThat(client.statistics().rejected()).isEqualTo(1);
        assertThat(client.statistics().queuedBytes()).isPositive();

        release.countDown();
        settle(taken);
        client.trigger("chat", "e2", 1).join();
        assertThat(client.statistics().delivered()).isEqualTo(3);
        assertThat(client.statistics().queuedBytes()).isZero();
        assertThat(undelivered).isEmpty();
    }

    @Test
    void eventsLargerThanTheWholeQueueAreRejectedImmediately() {
        use(builder().maxQueuedBytes(100).maxQueuedEvents(5));
        List<Event> six = Collections.nCopies(6, Event.of("chat", "e", 1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.trigger("chat", "e", "x".repeat(100)))
                .withMessageContaining("at most 5 events (lattestream.batching.max-queued-events) with 100 bytes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.triggerBatch(six))
                .withMessageContaining("6 event(s)");
        assertThat(service.requests()).isEmpty();
    }

    @Test
    void anEventOfAnInterruptedThreadIsAccepted() {
        Thread.currentThread().interrupt();
        CompletableFuture<TriggerResult> event = client.trigger("chat", "e", 1);
        assertThat(Thread.interrupted()).isTrue();

        assertThat(event).succeedsWithin(Duration.ofSeconds(30));
    }

    @Test
    void aCallbackMayWaitForAnotherEventOfTheSameBatch() {
        CountDownLatch release = service.answerWhenReleased("{}");
        CompletableFuture<TriggerResult> first = client.trigger("chat", "e0", 0);
        CompletableFuture<TriggerResult> second = client.trigger("chat", "e1", 1);
        CompletableFuture<TriggerResult> chained = first.thenApply(result -> second.join());
        CompletableFuture<Void> flushed =
                first.thenRun(() -> client.flushBatch().join());

        release.countDown();

        assertThat(chained).succeedsWithin(Duration.ofSeconds(30));
        assertThat(flushed).succeedsWithin(Duration.ofSeconds(30));
    }

    @Test
    void aCallbackThatThrowsDisturbsNoOther() {
        CompletableFuture<TriggerResult> first = client.trigger("chat", "e0", 0);
        CompletableFuture<Void> broken = first.thenRun(() -> {
            throw new IllegalStateException("broken callback");
        });

        assertThat(client.trigger("chat", "e1", 1)).succeedsWithin(Duration.ofSeconds(30));
        assertThat(broken).failsWithin(Duration.ofSeconds(30));
    }

    @Test
    void cancellingAFutureDoesNotStopTheEvent() {
        CountDownLatch release = service.answerWhenReleased("{}");
        CompletableFuture<TriggerResult> cancelled = client.trigger("chat", "e0", 0);

        cancelled.cancel(true);
        release.countDown();
        client.flushBatch().join();

        assertThat(service.requests()).hasSize(1);
        assertThat(client.statistics().delivered()).isEqualTo(1);
        assertThat(undelivered).isEmpty();
    }

    @Test
    void flushingCompletesAfterAllEarlierEvents() {
        for (int round = 0; round < 50; round++) {
            List<CompletableFuture<TriggerResult>> events = IntStream.range(0, 40)
                    .mapToObj(i -> client.trigger("channel-" + i % 7, "e", i))
                    .toList();

            client.flushBatch().join();

            assertThat(events).allMatch(CompletableFuture::isDone);
        }
    }

    @Test
    void statisticsShowTheLastSuccessAndTheLastFailure() {
        Instant before = Instant.now();
        assertThat(client.statistics().lastSuccess()).isNull();
        assertThat(client.statistics().lastFailure()).isNull();

        service.answerInTurn(Reply.of(503, ""), Reply.json("{}"));
        client.trigger("chat", "e", 1).join();

        LatteStreamStatistics statistics = client.statistics();
        assertThat(statistics.lastSuccess()).isBetween(before, Instant.now());
        assertThat(statistics.lastFailure().time()).isBetween(before, Instant.now());
        assertThat(statistics.lastFailure().reason())
                .hasMessage("POST /batch_events to http://" + service.endpoint() + " received status 503");
        assertThat(statistics.batches()).isEqualTo(1);
        assertThat(statistics.retried()).isEqualTo(1);
    }

    @Test
    void aQueryFailsAtOnceWhileTheServiceIsUnavailable() {
        use(builder()
                .maxRetries(0)
                .circuitBreakerMinimumNumberOfCalls(2)
                .circuitBreakerSlidingWindowSize(2)
                .circuitBreakerWaitDurationInOpenState(Duration.ofMinutes(1)));
        service.answer(request -> Reply.of(503, ""));
        settle(List.of(client.getChannelInfo("a"), client.getChannelInfo("b")));

        assertThat(client.getUsers("presence-a"))
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(LatteStreamUnavailableException.class);
        assertThat(service.requests()).hasSize(2);
    }

    @Test
    void refusalsAreNoFailuresOfTheService() {
        use(builder()
                .maxRetries(0)
                .circuitBreakerMinimumNumberOfCalls(2)
                .circuitBreakerSlidingWindowSize(2)
                .circuitBreakerWaitDurationInOpenState(Duration.ofMinutes(1)));
        service.answerInTurn(Reply.of(400, ""), Reply.of(404, ""), Reply.of(429, ""), Reply.json("{}"));

        settle(List.of(client.getChannelInfo("a")));
        settle(List.of(client.getChannelInfo("b")));
        settle(List.of(client.getChannelInfo("c")));

        assertThat(client.getChannelInfo("d")).succeedsWithin(Duration.ofSeconds(30));
    }

    @Test
    void withoutCircuitBreakerEveryRequestIsSent() {
        use(builder().maxRetries(0).enableCircuitBreaker(false));
        service.answer(request -> Reply.of(503, ""));

        IntStream.range(0, 60).forEach(i -> settle(List.of(client.getChannelInfo("a" + i))));

        assertThat(service.requests()).hasSize(60);
    }

    @Test
    void closingReportsUndeliveredEvents() {
        use(builder()
                .retryDelay(Duration.ofDays(1))
                .retryMaxDelay(Duration.ofDays(1))
                .closeTimeout(Duration.ofMillis(100)));
        service.answer(request -> Reply.of(503, ""));
        List<CompletableFuture<TriggerResult>> events = trigger(3);

        client.close();

        assertThat(events)
                .allSatisfy(event -> assertThat(event)
                        .failsWithin(Duration.ZERO)
                        .withThrowableThat()
                        .havingCause()
                        .isExactlyInstanceOf(LatteStreamException.class)
                        .withMessageContaining("closed"));
        assertThat(undelivered).extracting(UndeliveredEvent::name).containsExactly("e0", "e1", "e2");
        assertThat(client.statistics().failed()).isEqualTo(3);
        assertThatIllegalStateException().isThrownBy(() -> client.trigger("chat", "late", 1));
    }

    @Test
    void closingFromSeveralThreadsIsSafe() {
        List<CompletableFuture<TriggerResult>> events = trigger(20);

        List<CompletableFuture<Void>> closed = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.runAsync(client::close))
                .toList();
        closed.forEach(CompletableFuture::join);

        await().untilAsserted(() -> assertThat(events).allMatch(CompletableFuture::isDone));
        assertThat(events).noneMatch(CompletableFuture::isCompletedExceptionally);
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void tenThousandVirtualThreadsTriggerAtOnce() throws ReflectiveOperationException {
        List<CompletableFuture<TriggerResult>> events = Collections.synchronizedList(new ArrayList<>());
        use(builder().maxQueuedEvents(1000).maxBlock(Duration.ofSeconds(30)));
        ExecutorService threads = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);

        List<CompletableFuture<Void>> callers = IntStream.range(0, 10_000)
                .mapToObj(i -> CompletableFuture.runAsync(
                        () -> {
                            CompletableFuture<TriggerResult> event = client.trigger("channel-" + i % 100, "e", i);
                            events.add(event);
                            event.join();
                        },
                        threads))
                .toList();
        callers.forEach(CompletableFuture::join);
        threads.shutdown();

        assertThat(events).hasSize(10_000).allMatch(event -> event.isDone() && !event.isCompletedExceptionally());
        assertThat(client.statistics().delivered()).isEqualTo(10_000);
    }
}
