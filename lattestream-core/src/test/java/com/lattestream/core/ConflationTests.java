package com.lattestream.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.lattestream.core.support.ManualScheduler;
import com.lattestream.core.support.StubService;
import com.lattestream.core.support.StubService.Reply;
import com.lattestream.core.support.Vectors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Events that newer ones replace while they wait, from the perspective of a user of the client. */
class ConflationTests {

    private static final Duration WAIT = Duration.ofSeconds(10);

    private final StubService service = new StubService();

    private final ManualScheduler scheduler = new ManualScheduler();

    private final List<UndeliveredEvent> undelivered = new CopyOnWriteArrayList<>();

    private LatteStreamClient client = builder().build();

    private LatteStreamClientBuilder builder() {
        return LatteStreamClient.builder("lsk_test_secret")
                .endpoint(service.endpoint())
                .useTls(false)
                .undeliveredEventHandler((events, reason) -> undelivered.addAll(events))
                .scheduler(scheduler);
    }

    private void use(LatteStreamClientBuilder builder) {
        client.close();
        client = builder.build();
    }

    @AfterEach
    void close() {
        client.close();
        service.close();
    }

    private static Event price(Object value) {
        return Event.of("prices", "price", value);
    }

    /** The data of all events that the service has received, in order. */
    private List<String> received() {
        List<String> received = new ArrayList<>();
        service.requests().forEach(request -> {
            JsonNode body = Vectors.JSON.readTree(request.body());
            Collection<JsonNode> events = body.has("batch") ? body.path("batch").values() : List.of(body);
            events.forEach(event -> received.add(event.path("data").stringValue()));
        });
        return received;
    }

    private static boolean superseded(CompletableFuture<TriggerResult> event) {
        assertThat(event).succeedsWithin(WAIT);
        return event.join().superseded();
    }

    @Test
    void theLatestValueReplacesThoseThatWait() {
        CompletableFuture<TriggerResult> first = client.trigger(price(1).conflated());
        CompletableFuture<TriggerResult> second = client.trigger(price(2).conflated());
        CompletableFuture<TriggerResult> third = client.trigger(price(3).conflated());

        assertThat(superseded(first)).isTrue();
        assertThat(superseded(second)).isTrue();
        assertThat(third).isNotDone();
        client.flushBatch().join();

        assertThat(superseded(third)).isFalse();
        assertThat(received()).containsExactly("3");
        assertThat(first.join()).isEqualTo(new TriggerResult(List.of("prices"), OptionalInt.empty(), true));
        assertThat(undelivered).isEmpty();
        LatteStreamStatistics statistics = client.statistics();
        assertThat(statistics.superseded()).isEqualTo(2);
        assertThat(statistics.delivered()).isEqualTo(1);
        assertThat(statistics.failed() + statistics.queued() + statistics.inFlight())
                .isZero();
        assertThat(statistics.queuedBytes()).isZero();
    }

    @Test
    void theNewestValueIsSentInItsOwnPlace() {
        client.trigger(price("old").conflated());
        client.trigger(Event.of("prices", "closed", "between"));
        client.trigger(price("new").conflated());
        client.flushBatch().join();

        assertThat(received()).containsExactly("\"between\"", "\"new\"");
    }

    @Test
    void anEventThatIsNotConflatedIsNeitherReplacedNorReplacesOthers() {
        CompletableFuture<TriggerResult> plain = client.trigger(price("plain"));
        CompletableFuture<TriggerResult> conflated =
                client.trigger(price("conflated").conflated());
        CompletableFuture<TriggerResult> later = client.trigger(price("later"));
        client.flushBatch().join();

        assertThat(List.of(plain, conflated, later)).noneMatch(ConflationTests::superseded);
        assertThat(received()).containsExactly("\"plain\"", "\"conflated\"", "\"later\"");
    }

    @Test
    void anotherKeyNameChannelOrExcludedSocketIsAnotherValue() {
        List<Event> different = List.of(
                price(1).conflated(),
                price(2).conflatedBy("ABC"),
                price(3).conflatedBy("DEF"),
                Event.of("prices", "volume", 4).conflated(),
                Event.of("other", "price", 5).conflated(),
                Event.of(List.of("prices", "other"), "price", 6).conflated(),
                price(7).excludingSocket("1.2").conflated(),
                price(8).excludingSocket("3.4").conflated());
        List<CompletableFuture<TriggerResult>> results =
                different.stream().map(client::trigger).toList();
        client.flushBatch().join();

        assertThat(results).noneMatch(ConflationTests::superseded);
        assertThat(received()).containsExactlyInAnyOrder("1", "2", "3", "4", "5", "6", "7", "8");
    }

    @Test
    void anEventForSeveralChannelsIsReplacedForAllOfThem() {
        List<String> channels = List.of("a", "b", "c");
        CompletableFuture<TriggerResult> old =
                client.trigger(Event.of(channels, "price", 1).conflated());
        client.trigger(Event.of("b", "other", 2));
        CompletableFuture<TriggerResult> latest =
                client.trigger(Event.of(channels, "price", 3).conflated());
        client.flushBatch().join();

        assertThat(superseded(old)).isTrue();
        assertThat(superseded(latest)).isFalse();
        assertThat(received()).containsExactly("2", "3");
    }

    @Test
    void theRequestsOfAnEventForManyChannelsAreReplacedTogether() {
        List<String> channels = IntStream.range(0, 250).mapToObj(i -> "c" + i).toList();
        CompletableFuture<TriggerResult> old =
                client.trigger(Event.of(channels, "price", 1).conflated());
        CompletableFuture<TriggerResult> latest =
                client.trigger(Event.of(channels, "price", 2).conflated());
        client.flushBatch().join();

        assertThat(superseded(old)).isTrue();
        assertThat(old.join().channels()).isEqualTo(channels);
        assertThat(superseded(latest)).isFalse();
        assertThat(received()).containsOnly("2");
        assertThat(client.statistics().superseded()).isEqualTo(3);
    }

    @Test
    void anEventWhoseRequestIsInProgressIsNotReplaced() {
        CountDownLatch release = service.answerWhenReleased("{}");
        CompletableFuture<TriggerResult> sent = client.trigger(price("sent").conflated());
        client.flushBatch();
        await().until(() -> service.requests().size() == 1);

        CompletableFuture<TriggerResult> waits = client.trigger(price("waits").conflated());
        CompletableFuture<TriggerResult> latest = client.trigger(price("latest").conflated());
        assertThat(superseded(waits)).isTrue();
        release.countDown();
        client.flushBatch().join();

        assertThat(superseded(sent)).isFalse();
        assertThat(superseded(latest)).isFalse();
        assertThat(received()).containsExactly("\"sent\"", "\"latest\"");
    }

    @Test
    void anEventWhoseRequestFailedIsNotRetriedIfANewerOneWaits() {
        service.answerInTurn(Reply.of(503, ""), Reply.json("{}"));
        CompletableFuture<TriggerResult> failed = client.trigger(price("failed").conflated());
        CompletableFuture<TriggerResult> other = client.trigger("other", "plain", "plain");
        client.flushBatch();
        await().until(() -> scheduler.pending().stream().anyMatch(ConflationTests::isRetry));

        CompletableFuture<TriggerResult> latest = client.trigger(price("latest").conflated());
        client.flushBatch();
        scheduler.advance(Duration.ofSeconds(2));

        assertThat(superseded(failed)).isTrue();
        assertThat(superseded(other)).isFalse();
        assertThat(superseded(latest)).isFalse();
        assertThat(received()).containsExactly("\"failed\"", "\"plain\"", "\"plain\"", "\"latest\"");
        assertThat(undelivered).isEmpty();
    }

    // the retry is the only task with a delay in this range
    private static boolean isRetry(Duration delay) {
        return delay.compareTo(Duration.ofMillis(500)) > 0 && delay.compareTo(Duration.ofSeconds(2)) < 0;
    }

    @Test
    void anExplicitBatchReplacesWaitingEventsAndItsOwn() {
        CompletableFuture<TriggerResult> before = client.trigger(price("before").conflated());

        List<TriggerResult> results = client.triggerBatch(List.of(
                        price("first").conflated(),
                        price("plain"),
                        price("last").conflated()))
                .join();

        assertThat(superseded(before)).isTrue();
        assertThat(results).extracting(TriggerResult::superseded).containsExactly(true, false, false);
        assertThat(received()).containsExactly("\"plain\"", "\"last\"");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void eventsThatWaitBehindARequestAreReplacedWithAndWithoutBatching(boolean batching) {
        use(builder().enableBatching(batching).batchSize(1));
        CountDownLatch release = service.answerWhenReleased("{}");
        client.trigger(price("sent").conflated());
        await().until(() -> service.requests().size() == 1);

        List<CompletableFuture<TriggerResult>> events = IntStream.range(0, 100)
                .mapToObj(i -> client.trigger(price(i).conflated()))
                .toList();
        assertThat(events.subList(0, 99)).allMatch(ConflationTests::superseded);
        release.countDown();

        assertThat(superseded(events.get(99))).isFalse();
        assertThat(received()).containsExactly("\"sent\"", "99");
    }

    @Test
    void aReplacedEventNeedsNoRoomInAFullQueue() {
        CountDownLatch release = service.answerWhenReleased("{}");
        use(builder().maxQueuedEvents(2).maxBlock(Duration.ZERO));
        CompletableFuture<TriggerResult> first = client.trigger(price(1).conflated());
        CompletableFuture<TriggerResult> other = client.trigger("other", "event", 2);
        assertThatExceptionOfType(LatteStreamQueueFullException.class).isThrownBy(() -> client.trigger(price(3)));
        assertThatExceptionOfType(LatteStreamQueueFullException.class)
                .isThrownBy(() -> client.trigger(price(3).conflatedBy("another key")));

        CompletableFuture<TriggerResult> second = client.trigger(price(3).conflated());
        CompletableFuture<TriggerResult> third = client.tryTrigger(price(4).conflated());

        assertThat(superseded(first)).isTrue();
        assertThat(superseded(second)).isTrue();
        // the queue is still full
        assertThatExceptionOfType(LatteStreamQueueFullException.class).isThrownBy(() -> client.trigger(price(5)));
        release.countDown();
        client.flushBatch().join();
        assertThat(superseded(third)).isFalse();
        assertThat(superseded(other)).isFalse();
        assertThat(client.statistics().queuedBytes()).isZero();
        assertThat(client.statistics().rejected()).isEqualTo(3);
        CompletableFuture<TriggerResult> afterwards = client.trigger(price(6));
        client.flushBatch().join();
        assertThat(superseded(afterwards)).isFalse();
    }

    @Test
    void aLargerValueIsRejectedIfTheQueueHasNoRoomForTheDifference() {
        use(builder().maxQueuedBytes(200).maxBlock(Duration.ZERO));
        client.trigger("o", "e", "o".repeat(10));
        CompletableFuture<TriggerResult> small =
                client.trigger(price("s".repeat(60)).conflated());

        assertThatExceptionOfType(LatteStreamQueueFullException.class)
                .isThrownBy(() -> client.trigger(price("l".repeat(110)).conflated()));
        assertThat(small).isNotDone();
        CompletableFuture<TriggerResult> larger =
                client.trigger(price("m".repeat(70)).conflated());
        CompletableFuture<TriggerResult> smaller = client.trigger(price("t").conflated());
        client.flushBatch().join();

        assertThat(superseded(small)).isTrue();
        assertThat(superseded(larger)).isTrue();
        assertThat(superseded(smaller)).isFalse();
        assertThat(client.statistics().queuedBytes()).isZero();
    }

    @Test
    void aCallbackThatBlocksDoesNotMakeReplacedEventsAccumulateWithoutLimit() {
        List<Runnable> stuck = new ArrayList<>();
        use(builder().maxQueuedEvents(1).maxBlock(Duration.ZERO).callbackExecutor(stuck::add));
        List<CompletableFuture<TriggerResult>> events = new ArrayList<>();

        assertThatExceptionOfType(LatteStreamQueueFullException.class).isThrownBy(() -> {
            while (events.size() < 1_000_000) {
                events.add(client.trigger(price(events.size()).conflated()));
            }
        });

        assertThat(events).hasSize(1_001).noneMatch(CompletableFuture::isDone);
        CompletableFuture<?> flush = client.flushBatch();
        await().until(() -> {
            List<Runnable> tasks = List.copyOf(stuck);
            stuck.clear();
            tasks.forEach(Runnable::run);
            return flush.isDone();
        });
        assertThat(events.subList(0, 1_000)).allMatch(ConflationTests::superseded);
        assertThat(superseded(events.get(1_000))).isFalse();
        assertThat(client.statistics().queuedBytes()).isZero();
    }

    @Test
    void aClosedClientAcceptsNoConflatedEvents() {
        client.trigger(price(1).conflated());
        client.close();

        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> client.trigger(price(2).conflated()));
        assertThat(received()).containsExactly("1");
    }

    @Test
    void anEncodedEventKeepsItsConflationAndExpiry() {
        Event encoded = client.encode(price(1).conflatedBy("ABC").expiringAfter(Duration.ofSeconds(5)));

        assertThat(encoded.conflationKey()).contains("ABC");
        assertThat(encoded.expiry()).contains(Duration.ofSeconds(5));
    }

    @Test
    void listenersLearnOfReplacedEvents() {
        List<String> seen = new CopyOnWriteArrayList<>();
        use(builder().name("prices").addDeliveryListener(new DeliveryListener() {
            @Override
            public void onDelivered(String name, long nanos) {
                seen.add("delivered " + nanos / 1_000_000);
            }

            @Override
            public void onSuperseded(String name, long nanos) {
                seen.add(name + " superseded " + nanos / 1_000_000);
            }
        }));
        client.trigger(price(1).conflated());
        scheduler.advance(Duration.ofMillis(30));
        client.trigger(price(2).conflated().expiringAfter(Duration.ofSeconds(5)));
        client.flushBatch().join();

        await().until(() -> seen.size() == 2);
        assertThat(seen).first().asString().matches("prices superseded \\d+");
        assertThat(seen).last().asString().startsWith("delivered ");
    }
}
