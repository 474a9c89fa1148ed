package com.lattestream.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.lattestream.core.support.ManualScheduler;
import com.lattestream.core.support.StubService;
import com.lattestream.core.support.StubService.Reply;
import com.lattestream.core.support.Vectors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Batching of events, with simulated time where time matters. */
class BatchingTests {

    private final StubService service = new StubService();

    private final ManualScheduler scheduler = new ManualScheduler();

    private LatteStreamClient client = builder().build();

    private LatteStreamClientBuilder builder() {
        return LatteStreamClient.builder("lsk_test_secret")
                .endpoint(service.endpoint())
                .useTls(false)
                .scheduler(scheduler);
    }

    @AfterEach
    void close() {
        client.close();
        service.close();
    }

    private List<List<String>> batches() {
        return service.requests().stream()
                .map(request -> Vectors.JSON
                        .readTree(request.body())
                        .path("batch")
                        .valueStream()
                        .map(event -> event.path("name").stringValue())
                        .toList())
                .toList();
    }

    @Test
    void eventsWaitForTheIntervalAndAreSentInOneBatch() {
        List<CompletableFuture<TriggerResult>> events =
                List.of(client.trigger("a", "e0", 0), client.trigger("b", "e1", 1), client.trigger("a", "e2", 2));

        scheduler.advance(Duration.ofMillis(99));
        assertThat(events).noneMatch(CompletableFuture::isDone);
        scheduler.advance(Duration.ofMillis(1));
        events.forEach(CompletableFuture::join);

        assertThat(batches())
                .singleElement()
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .containsExactlyInAnyOrder("e0", "e1", "e2");
        assertThat(service.requests().get(0).path()).isEqualTo("/batch_events");
    }

    @Test
    void aFullBatchIsSentImmediately() {
        client.close();
        client = builder().batchSize(3).build();

        List<CompletableFuture<TriggerResult>> events = IntStream.range(0, 3)
                .mapToObj(i -> client.trigger("c", "e" + i, i))
                .toList();
        events.forEach(CompletableFuture::join);

        assertThat(batches()).containsExactly(List.of("e0", "e1", "e2"));
    }

    @Test
    void flushingSendsWaitingEventsAndCompletesWithTheResponses() {
        CompletableFuture<TriggerResult> event = client.trigger("c", "e", 1);

        client.flushBatch().join();

        assertThat(event).isCompleted();
        assertThat(batches()).containsExactly(List.of("e"));
    }

    @Test
    void flushingCompletesThoughTheServiceRefuses() {
        service.answer(request -> Reply.of(400, "no"));
        CompletableFuture<TriggerResult> event = client.trigger("c", "e", 1);

        client.flushBatch().join();

        assertThat(event).isCompletedExceptionally();
    }

    @Test
    void flushingNothingSendsNothing() {
        client.flushBatch().join();

        assertThat(service.requests()).isEmpty();
    }

    @Test
    void anExplicitBatchDoesNotWaitButKeepsTheOrderOfItsChannels() {
        CompletableFuture<TriggerResult> before = client.trigger("a", "before", 1);

        client.triggerBatch(List.of(Event.of("a", "explicit", 2))).join();

        before.join();
        assertThat(batches()).containsExactly(List.of("before"), List.of("explicit"));
    }

    @Test
    void theSocketThatCausedAnEventIsNamedInTheBatch() {
        client.trigger(Event.of("c", "e", 1).excludingSocket("123.456"));
        client.flushBatch().join();

        assertThat(service.requests().get(0).text())
                .isEqualTo("{\"batch\":[{\"channel\":\"c\",\"name\":\"e\",\"data\":\"1\",\"socket_id\":\"123.456\"}]}");
    }

    @Test
    void closingDeliversQueuedEvents() {
        CompletableFuture<TriggerResult> event = client.trigger("c", "e", 1);

        client.close();

        assertThat(event).isCompleted();
        assertThat(batches()).containsExactly(List.of("e"));
    }

    @Test
    void aRetryKeepsTheOrderOfItsChannel() {
        client.close();
        client = builder().batchSize(1).build();
        service.answerInTurn(Reply.of(503, ""), Reply.json("{}"));

        CompletableFuture<TriggerResult> first = client.trigger("c", "e0", 0);
        CompletableFuture<TriggerResult> second = client.trigger("c", "e1", 1);
        // the retry is the only task with a delay in this range
        await().until(() -> scheduler.pending().stream()
                .anyMatch(delay ->
                        delay.compareTo(Duration.ofMillis(500)) > 0 && delay.compareTo(Duration.ofSeconds(2)) < 0));
        assertThat(batches()).containsExactly(List.of("e0"));
        scheduler.advance(Duration.ofSeconds(2));
        CompletableFuture.allOf(first, second).join();

        assertThat(batches()).containsExactly(List.of("e0"), List.of("e0"), List.of("e1"));
    }

    @Test
    void fiveHundredEventsInALoopAllArriveInOrder() {
        client.close();
        client = LatteStreamClient.builder("lsk_test_secret")
                .endpoint(service.endpoint())
                .useTls(false)
                .build();

        List<CompletableFuture<TriggerResult>> events = IntStream.range(0, 500)
                .mapToObj(i -> client.trigger("c", "e", i))
                .toList();
        events.forEach(CompletableFuture::join);

        assertThat(received().get("c"))
                .isEqualTo(IntStream.range(0, 500).boxed().toList());
    }

    @Test
    void channelsKeepTheirOrderUnderConcurrentCallersAndFailures() {
        client.close();
        client = LatteStreamClient.builder("lsk_test_secret")
                .endpoint(service.endpoint())
                .useTls(false)
                .batchSize(7)
                .batchInterval(Duration.ofMillis(5))
                .maxRetries(20)
                .retryDelay(Duration.ofMillis(1))
                .build();
        service.answer(request ->
                ThreadLocalRandom.current().nextInt(4) == 0 ? Reply.of(503, "later") : Reply.json("{\"taken\":1}"));
        AtomicInteger failed = new AtomicInteger();

        List<Thread> callers = IntStream.range(0, 8)
                .mapToObj(caller -> new Thread(() -> {
                    List<CompletableFuture<TriggerResult>> events = new ArrayList<>();
                    for (int i = 0; i < 100; i++) {
                        events.add(client.trigger("channel-" + caller, "e", i));
                    }
                    events.forEach(event -> event.exceptionally(failure -> {
                                failed.incrementAndGet();
                                return null;
                            })
                            .join());
                }))
                .toList();
        callers.forEach(Thread::start);
        callers.forEach(BatchingTests::join);

        assertThat(failed).hasValue(0);
        Map<String, List<Integer>> received = received();
        assertThat(received).hasSize(8);
        // a batch with the response 503 is sent again, so each number may be received several times in a row
        received.values()
                .forEach(numbers -> assertThat(firstSeen(numbers))
                        .isEqualTo(IntStream.range(0, 100).boxed().toList()));
    }

    private static List<Integer> firstSeen(List<Integer> numbers) {
        return numbers.stream().distinct().toList();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private Map<String, List<Integer>> received() {
        Map<String, List<Integer>> received = new HashMap<>();
        service.requests().forEach(request -> {
            for (JsonNode event : Vectors.JSON.readTree(request.body()).path("batch")) {
                received.computeIfAbsent(event.path("channel").stringValue(), channel -> new ArrayList<>())
                        .add(Integer.valueOf(event.path("data").stringValue()));
            }
        });
        return received;
    }

    @Test
    void aRefusedBatchFailsItsEvents() {
        service.answer(request -> Reply.of(400, "{\"error\":\"no\"}"));
        CompletableFuture<TriggerResult> event = client.trigger("c", "e", 1);

        client.flushBatch().join();

        assertThatThrownBy(event::join).hasCauseInstanceOf(LatteStreamApiException.class);
    }
}
