package com.lattestream.core.internal.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.DeliveryListener;
import com.lattestream.core.LatteStreamApiException;
import com.lattestream.core.LatteStreamAuthenticationException;
import com.lattestream.core.LatteStreamConnectionException;
import com.lattestream.core.LatteStreamException;
import com.lattestream.core.LatteStreamQueueFullException;
import com.lattestream.core.LatteStreamStatistics;
import com.lattestream.core.TriggerResult;
import com.lattestream.core.UndeliveredEvent;
import com.lattestream.core.internal.http.LastRequestOutcome;
import com.lattestream.core.internal.http.ServiceRequest;
import com.lattestream.core.internal.http.ServiceResponse;
import com.lattestream.core.internal.resilience.CircuitBreakerOptions;
import com.lattestream.core.internal.resilience.RetryExecutor;
import com.lattestream.core.internal.resilience.RetryOptions;
import com.lattestream.core.internal.resilience.ServiceCircuitBreaker;
import com.lattestream.core.internal.wire.EncodedEvent;
import com.lattestream.core.internal.wire.EventLifetime;
import com.lattestream.core.internal.wire.EventLifetime.Conflation;
import com.lattestream.core.support.ManualScheduler;
import com.lattestream.core.support.Vectors;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.RepeatedTest;
import tools.jackson.databind.JsonNode;

/**
 * The guarantees for every event, under random interleavings of triggers, faults, responses, flushes, time, slow
 * callbacks and closing. Some events expire early, and some are conflated. Everything runs on one thread, so that a seed
 * reproduces the run.
 */
class DeliveryContractTests {

    // -Dseed=... repeats a failure
    private final long seed = Long.getLong("seed", new Random().nextLong());

    private final Random random = new Random(seed);

    private final ManualScheduler time = new ManualScheduler();

    private final FakeService service = new FakeService();

    private final List<Tracked> taken = new ArrayList<>();

    private final Map<Integer, LatteStreamException> undelivered = new HashMap<>();

    private final Deque<Runnable> callbacks = new ArrayDeque<>();

    private boolean callbacksWait = true;

    private int ended;

    private final boolean batching = random.nextInt(4) != 0;

    private final EventDelivery delivery = new EventDelivery(
            "test",
            new RequestPipeline(
                    service::exchange,
                    random::nextBoolean,
                    new RetryExecutor(
                            "test",
                            RetryOptions.forEvents(random.nextInt(4), Duration.ofMillis(100), Duration.ofSeconds(2)),
                            random.nextBoolean(),
                            time),
                    new ServiceCircuitBreaker(
                            "test",
                            "https://service",
                            new CircuitBreakerOptions(random.nextBoolean(), 50, 8, 4, Duration.ofSeconds(1), 2),
                            time.clock())),
            new DeliveryOptions(
                    batching,
                    1 + random.nextInt(6),
                    Duration.ofMillis(100),
                    1 + random.nextInt(4),
                    random.nextInt(3) == 0 ? 25 + random.nextInt(20) : 1_000_000,
                    Integer.MAX_VALUE,
                    Duration.ZERO,
                    Duration.ofSeconds(1 + random.nextInt(30))),
            this::undelivered,
            List.of(new Ends()),
            time,
            this::callback,
            time::nanoTime);

    private void callback(Runnable task) {
        if (callbacksWait) {
            callbacks.add(task);
        } else {
            task.run();
        }
    }

    private void undelivered(List<UndeliveredEvent> events, LatteStreamException reason) {
        for (UndeliveredEvent event : events) {
            assertThat(undelivered.put(Integer.valueOf(event.name()), reason))
                    .as("event %s is reported once; seed %d", event.name(), seed)
                    .isNull();
        }
    }

    @RepeatedTest(300)
    void nothingIsLostOrReportedTwiceAndEachChannelKeepsItsOrder() {
        List<Flushed> flushes = new ArrayList<>();
        for (int step = 0; step < 250; step++) {
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> trigger();
                case 3, 4 -> service.answerOne();
                case 5 -> time.advance(Duration.ofMillis(random.nextInt(random.nextInt(10) == 0 ? 5_000 : 200)));
                case 6 -> runCallback();
                default -> {
                    if (random.nextInt(5) == 0) {
                        flushes.add(new Flushed(delivery.flush(), List.copyOf(taken)));
                    }
                }
            }
            everyEventIsCountedOnce();
            flushes.forEach(Flushed::isTrue);
        }
        flushes.add(new Flushed(delivery.flush(), List.copyOf(taken)));
        if (random.nextInt(3) == 0) {
            runAllCallbacks();
            callbacksWait = false;
            delivery.close(Duration.ZERO, () -> Duration.ofSeconds(2));
            allFuturesHaveTheRightResult();
            service.answerAll();
            time.advance(Duration.ofMinutes(1));
        } else {
            service.getWell();
            everythingIsSettledWithoutWaitingForItsTimeout();
            runAllCallbacks();
            allFuturesHaveTheRightResult();
        }

        flushes.forEach(flush ->
                assertThat(flush.done()).as("a flush ends; seed %d", seed).isCompleted());
        assertThat(statistics().queuedBytes()).as("seed %d", seed).isZero();
        everyEventIsCountedOnce();
        service.channelsKeptTheirOrder();
        theLastValueOfEachKeyIsDeliveredOrReported();
        assertThat(ended).as("each event ends once; seed %d", seed).isEqualTo(taken.size());
    }

    // the longest wait is that for a retry, then that for the circuit breaker
    private void everythingIsSettledWithoutWaitingForItsTimeout() {
        for (int i = 0; i < 50; i++) {
            service.answerAll();
            time.advance(Duration.ofMillis(100));
        }
        assertThat(statistics().queued() + statistics().inFlight())
                .as("seed %d", seed)
                .isZero();
    }

    private void trigger() {
        int before = taken.size();
        try {
            triggerSome();
        } catch (LatteStreamQueueFullException ex) {
            // no event of the call was accepted
            taken.subList(before, taken.size()).clear();
        }
    }

    private void triggerSome() {
        if (random.nextInt(6) == 0) {
            List<Tracked> events = new ArrayList<>();
            int count = 1 + random.nextInt(25);
            for (int i = 0; i < count; i++) {
                events.add(tracked(taken.size() + i));
            }
            taken.addAll(events);
            List<EncodedEvent> encoded =
                    events.stream().map(event -> event.encode("name")).toList();
            List<CompletableFuture<TriggerResult>> results = delivery.deliverImmediately(encoded, null);
            for (int i = 0; i < results.size(); i++) {
                events.get(i).result = results.get(i);
            }
        } else {
            Tracked event = tracked(taken.size());
            taken.add(event);
            event.result = delivery.deliver(List.of(event.encode(batching ? "name" : "event")), null, true)
                    .get(0);
            if (random.nextInt(20) == 0) {
                event.result.cancel(true);
            }
        }
    }

    private Tracked tracked(int number) {
        List<String> channels = channels();
        Duration expiry = random.nextInt(5) == 0 ? Duration.ofMillis(1 + random.nextInt(3_000)) : null;
        Conflation conflation =
                random.nextInt(3) == 0 ? new Conflation(channels, "value", null, "key" + random.nextInt(2)) : null;
        return new Tracked(number, channels, expiry, conflation, time.nanoTime());
    }

    private List<String> channels() {
        Set<String> channels = new LinkedHashSet<>();
        for (int i = 0; i <= (random.nextInt(4) == 0 ? random.nextInt(3) : 0); i++) {
            channels.add("channel-" + random.nextInt(5));
        }
        return List.copyOf(channels);
    }

    private void runCallback() {
        if (!callbacks.isEmpty()) {
            callbacks.remove().run();
        }
    }

    private void runAllCallbacks() {
        while (!callbacks.isEmpty()) {
            callbacks.remove().run();
        }
    }

    private LatteStreamStatistics statistics() {
        return delivery.statistics(new LastRequestOutcome(time.clock()), 0);
    }

    private void everyEventIsCountedOnce() {
        LatteStreamStatistics counts = statistics();
        assertThat(counts.queued() + counts.inFlight() + counts.delivered() + counts.failed() + counts.superseded())
                .as("seed %d", seed)
                .isEqualTo(taken.size());
        assertThat(List.of(
                        counts.queued(), counts.inFlight(), counts.delivered(), counts.failed(), counts.superseded()))
                .as("seed %d", seed)
                .allMatch(count -> count >= 0);
    }

    private void allFuturesHaveTheRightResult() {
        for (Tracked event : taken) {
            String name = "event " + event.number + "; seed " + seed;
            assertThat(event.result.isDone()).as(name).isTrue();
            if (event.result.isCancelled()) {
                continue;
            }
            if (event.result.isCompletedExceptionally()) {
                LatteStreamException reason = undelivered.get(event.number);
                assertThat(reason).as(name).isNotNull();
                boolean refused = reason instanceof LatteStreamApiException answer && answer.status() == 400;
                assertThat(refused && !event.isBad()).as(name).isFalse();
                boolean expired = reason.getMessage().contains("expiry of the event");
                assertThat(expired && event.expiry == null).as(name).isFalse();
            } else if (event.result.join().superseded()) {
                assertThat(undelivered).as(name).doesNotContainKey(event.number);
                assertThat(newerThan(event)).as(name).isNotEmpty();
            } else {
                assertThat(undelivered).as(name).doesNotContainKey(event.number);
                assertThat(service.processed).as(name).contains(event.number);
            }
        }
        assertThat(undelivered).as("seed %d", seed).hasSize((int) statistics().failed());
    }

    /** The later events that update the same value; none if the event is not conflated. */
    private List<Tracked> newerThan(Tracked event) {
        return taken.stream()
                .filter(other -> event.conflation != null
                        && event.conflation.equals(other.conflation)
                        && other.number > event.number)
                .toList();
    }

    private void theLastValueOfEachKeyIsDeliveredOrReported() {
        for (Tracked event : taken) {
            if (event.conflation != null && newerThan(event).isEmpty() && !event.result.isCancelled()) {
                assertThat(undelivered.containsKey(event.number) || service.processed.contains(event.number))
                        .as("event %d; seed %d", event.number, seed)
                        .isTrue();
            }
        }
    }

    /** Counts the ends of events. */
    private final class Ends implements DeliveryListener {

        @Override
        public void onDelivered(String client, long nanos) {
            ended++;
        }

        @Override
        public void onFailed(String client, long nanos) {
            ended++;
        }

        @Override
        public void onSuperseded(String client, long nanos) {
            ended++;
        }
    }

    private record Flushed(CompletableFuture<?> done, List<Tracked> before) {

        private void isTrue() {
            if (done.isDone()) {
                assertThat(before).allMatch(event -> event.result.isDone());
            }
        }
    }

    /** An event and its future, as the caller has them. */
    private static final class Tracked {

        private final int number;

        private final List<String> channels;

        private final Duration expiry;

        private final Conflation conflation;

        private final long triggeredAt;

        private CompletableFuture<TriggerResult> result;

        private Tracked(int number, List<String> channels, Duration expiry, Conflation conflation, long triggeredAt) {
            this.number = number;
            this.channels = channels;
            this.expiry = expiry;
            this.conflation = conflation;
            this.triggeredAt = triggeredAt;
        }

        private boolean isExpired(long now) {
            return expiry != null && now - triggeredAt >= expiry.toNanos();
        }

        /** Whether the service refuses any request with it. */
        private boolean isBad() {
            return number % 23 == 7;
        }

        private EncodedEvent encode(String nameField) {
            String json = "{\"channel\":\"" + String.join(",", channels) + "\",\"" + nameField + "\":\"" + number
                    + "\",\"data\":\"1\"}";
            boolean plain = expiry == null && conflation == null;
            return new EncodedEvent(
                    channels, json.getBytes(UTF_8), plain ? null : new EventLifetime(expiry, conflation));
        }
    }

    /** Responds later, in any order, and with failures. */
    private final class FakeService {

        private final List<Exchange> open = new ArrayList<>();

        private final Set<Integer> processed = new HashSet<>();

        private final Map<String, List<Integer>> firstSeen = new HashMap<>();

        private boolean well;

        private CompletableFuture<ServiceResponse> exchange(ServiceRequest request) {
            List<Tracked> events = new ArrayList<>();
            JsonNode body = Vectors.JSON.readTree(request.body());
            if (body.has("batch")) {
                body.path("batch")
                        .forEach(event -> events.add(
                                taken.get(Integer.parseInt(event.path("name").stringValue()))));
            } else {
                events.add(taken.get(Integer.parseInt(body.path("event").stringValue())));
            }
            Exchange exchange = new Exchange(events, new CompletableFuture<>());
            for (Exchange other : open) {
                assertThat(Collections.disjoint(exchange.channels(), other.channels()))
                        .as("a channel has one request under way; seed %d", seed)
                        .isTrue();
            }
            for (Tracked event : events) {
                assertThat(undelivered)
                        .as("what was reported is not sent; seed %d", seed)
                        .doesNotContainKey(event.number);
                assertThat(event.result != null
                                && !event.result.isCancelled()
                                && !event.result.isCompletedExceptionally()
                                && event.result.isDone())
                        .as("what was superseded is not sent; seed %d", seed)
                        .isFalse();
                assertThat(event.isExpired(time.nanoTime()))
                        .as("what has expired is not sent; seed %d", seed)
                        .isFalse();
            }
            open.add(exchange);
            return exchange.answer();
        }

        private void getWell() {
            well = true;
        }

        private void answerAll() {
            while (!open.isEmpty()) {
                answerOne();
            }
        }

        private void answerOne() {
            if (open.isEmpty()) {
                return;
            }
            Exchange exchange = open.remove(random.nextInt(open.size()));
            switch (well ? 9 : random.nextInt(10)) {
                case 0 -> exchange.refuse(503);
                case 1 -> exchange.refuse(random.nextInt(5) == 0 ? 401 : 429);
                case 2 -> {
                    process(exchange);
                    exchange.breakOff(true);
                }
                case 3 -> exchange.breakOff(random.nextBoolean());
                default -> {
                    if (exchange.events().stream().anyMatch(Tracked::isBad)) {
                        exchange.refuse(400);
                    } else {
                        process(exchange);
                        exchange.answer().complete(new ServiceResponse(200, new byte[0]));
                    }
                }
            }
        }

        private void process(Exchange exchange) {
            if (exchange.events().stream().anyMatch(Tracked::isBad)) {
                return;
            }
            for (Tracked event : exchange.events()) {
                if (processed.add(event.number)) {
                    event.channels.forEach(channel -> firstSeen
                            .computeIfAbsent(channel, key -> new ArrayList<>())
                            .add(event.number));
                }
            }
        }

        private void channelsKeptTheirOrder() {
            firstSeen.forEach((channel, numbers) ->
                    assertThat(numbers).as("%s; seed %d", channel, seed).isSorted());
        }
    }

    private record Exchange(List<Tracked> events, CompletableFuture<ServiceResponse> answer) {

        private Set<String> channels() {
            Set<String> channels = new HashSet<>();
            events.forEach(event -> channels.addAll(event.channels));
            return channels;
        }

        private void refuse(int status) {
            answer.completeExceptionally(
                    status == 401
                            ? new LatteStreamAuthenticationException("no", 401, "")
                            : new LatteStreamApiException("received status " + status, status, "", null));
        }

        private void breakOff(boolean ambiguous) {
            answer.completeExceptionally(
                    new LatteStreamConnectionException("broken", ambiguous, new IOException("broken")));
        }
    }
}
