package com.lattestream.core.internal.delivery;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.lattestream.core.TriggerResult;
import com.lattestream.core.internal.wire.EncodedEvent;
import com.lattestream.core.internal.wire.EventFormat;
import com.lattestream.core.internal.wire.EventLifetime;
import com.lattestream.core.support.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventAccumulatorTests {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final ManualScheduler time = new ManualScheduler();

    private final List<PendingEvent> superseded = new ArrayList<>();

    private final EventAccumulator accumulator = new EventAccumulator(3, 10, TIMEOUT, time::nanoTime);

    @Test
    void nothingIsSentBeforeABatchIsFullOrDue() {
        assertThat(accumulator.add(BatchEntry.link(List.of(entry("a"), entry("b"))), false))
                .isFalse();

        assertThat(accumulator.poll()).isNull();
    }

    @Test
    void aFullBatchIsSentAtOnce() {
        accumulator.add(BatchEntry.link(List.of(entry("a"))), false);
        accumulator.add(BatchEntry.link(List.of(entry("b"))), false);

        assertThat(accumulator.add(BatchEntry.link(List.of(entry("c"))), false)).isTrue();

        assertThat(accumulator.poll().size()).isEqualTo(3);
        assertThat(accumulator.poll()).isNull();
    }

    @Test
    void aDueBatchIsSentThoughItIsNotFull() {
        accumulator.add(BatchEntry.link(List.of(entry("a"))), false);

        accumulator.flushWaiting();

        assertThat(accumulator.poll().size()).isEqualTo(1);
    }

    @Test
    void aChannelHasOneBatchUnderWayWhileOthersGoOn() {
        BatchEntry first = entry("a");
        BatchEntry second = entry("a");
        BatchEntry other = entry("b");
        accumulator.add(BatchEntry.link(List.of(first)), true);
        Batch underWay = accumulator.poll();
        accumulator.add(BatchEntry.link(List.of(second)), true);
        accumulator.add(BatchEntry.link(List.of(other)), true);

        assertThat(accumulator.poll().entries).containsExactly(other);
        assertThat(accumulator.poll()).isNull();
        accumulator.release(underWay);
        assertThat(accumulator.poll().entries).containsExactly(second);
    }

    @Test
    void aChannelHeldByABatchDoesNotCountTowardsAFullOne() {
        accumulator.add(BatchEntry.link(List.of(entry("a"))), true);
        accumulator.poll();
        accumulator.add(BatchEntry.link(List.of(entry("a"))), false);
        accumulator.add(BatchEntry.link(List.of(entry("a"))), false);

        assertThat(accumulator.add(BatchEntry.link(List.of(entry("a"))), false)).isFalse();
        assertThat(accumulator.poll()).isNull();
    }

    @Test
    void anEventForSeveralChannelsWaitsForAllOfThem() {
        BatchEntry both = entry("a", "b");
        accumulator.add(BatchEntry.link(List.of(entry("a"))), true);
        Batch a = accumulator.poll();
        accumulator.add(BatchEntry.link(List.of(both)), true);
        BatchEntry behind = entry("b");
        accumulator.add(BatchEntry.link(List.of(behind)), true);

        assertThat(accumulator.poll()).isNull();
        accumulator.release(a);
        Batch joined = accumulator.poll();
        assertThat(joined.entries).containsExactly(both);
        accumulator.release(joined);
        assertThat(accumulator.poll().entries).containsExactly(behind);
    }

    @Test
    void thePartsOfOneCallGoOutOneAfterTheOther() {
        BatchEntry first = entry("a");
        BatchEntry second = entry("b");
        accumulator.add(BatchEntry.link(List.of(first, second)), true);

        Batch batch = accumulator.poll();
        assertThat(batch.entries).containsExactly(first);
        assertThat(accumulator.poll()).isNull();
        accumulator.release(batch);
        assertThat(accumulator.poll().entries).containsExactly(second);
    }

    @Test
    void anEntryThatIsSentAloneSharesNoBatch() {
        BatchEntry before = entry("a");
        BatchEntry alone = new BatchEntry(List.of(event("b"), event("c")), EventFormat.BATCH, true, null);
        BatchEntry after = entry("d");
        accumulator.add(BatchEntry.link(List.of(before)), true);
        accumulator.add(BatchEntry.link(List.of(alone)), true);
        accumulator.add(BatchEntry.link(List.of(after)), true);

        assertThat(List.of(accumulator.poll().entries, accumulator.poll().entries, accumulator.poll().entries))
                .containsExactlyInAnyOrder(List.of(before), List.of(alone), List.of(after));
    }

    @Test
    void eachEventOfAnEntryCountsAndExpires() {
        BatchEntry entry = new BatchEntry(List.of(event("b"), event("c")), EventFormat.BATCH, true, null);
        accumulator.add(entry, true);
        assertThat(accumulator.counts().queued()).isEqualTo(2);
        assertThat(entry.events().get(0).sequenceNumber).isEqualTo(1);
        assertThat(entry.events().get(1).sequenceNumber).isEqualTo(2);

        time.advance(TIMEOUT);

        assertThat(accumulator.failExpired()).containsExactlyElementsOf(entry.events());
        assertThat(accumulator.counts()).isEqualTo(new EventCounts(0, 0, 0, 2, 0, 0));
    }

    @Test
    void anEntryIsSentUntilAllOfItsEventsAreSettled() {
        for (int kept = 0; kept < 2; kept++) {
            BatchEntry entry = new BatchEntry(List.of(event("b"), event("c")), EventFormat.BATCH, true, null);
            accumulator.add(entry, true);
            PendingEvent settled = entry.events().get(1 - kept);

            accumulator.failAll(event -> event == settled);

            assertThat(accumulator.poll().entries).containsExactly(entry);
            accumulator.release(entry.batch);
            accumulator.failAll(event -> true);
        }
        BatchEntry entry = new BatchEntry(List.of(event("b"), event("c")), EventFormat.BATCH, true, null);
        accumulator.add(entry, true);
        accumulator.failAll(event -> true);

        assertThat(accumulator.poll()).isNull();
    }

    @Test
    void afterAnEntryThatIsSentAloneFullBatchesAreStillDetected() {
        BatchEntry alone = new BatchEntry(List.of(event("b"), event("c")), EventFormat.BATCH, true, null);
        accumulator.add(entry("a"), true);
        accumulator.add(alone, true);
        sendAll(accumulator);

        assertThat(accumulator.add(entry("d"), false)).isFalse();
        assertThat(accumulator.add(entry("e"), false)).isFalse();
        assertThat(accumulator.add(entry("f"), false)).isTrue();
    }

    @Test
    void entriesThatWereSentDoNotCountTowardsAFullBatch() {
        accumulator.add(entry("a"), true);
        Batch sent = accumulator.poll();
        accumulator.add(entry("a"), false);
        accumulator.release(sent);

        assertThat(accumulator.mayHaveBatch()).isFalse();
        assertThat(accumulator.poll()).isNull();
    }

    @Test
    void entriesThatWaitForABatchOfTheirSecondChannelDoNotCountTowardsAFullBatch() {
        accumulator.add(entry("a", "b"), true);
        assertThat(accumulator.poll().size()).isEqualTo(1);

        accumulator.add(entry("b"), false);
        accumulator.add(entry("b"), false);

        assertThat(accumulator.add(entry("c"), false)).isFalse();
    }

    @Test
    void anImmediateEntryIsSentWithThoseThatWaitBeforeIt() {
        BatchEntry waiting = entry("a");
        BatchEntry immediate = entry("a");
        accumulator.add(waiting, false);
        assertThat(accumulator.poll()).isNull();

        accumulator.add(immediate, true);

        assertThat(accumulator.poll().entries).containsExactly(waiting, immediate);
    }

    @Test
    void anEntryBehindAnotherOneDoesNotMakeTheLaneFlushed() {
        accumulator.add(entry("a"), false);
        accumulator.add(entry("a"), false);

        assertThat(accumulator.mayHaveBatch()).isFalse();
        assertThat(accumulator.poll()).isNull();
    }

    @Test
    void aChannelKeepsItsOrderThoughAllEventsBehindABatchHaveFailed() {
        accumulator.add(entry("a"), true);
        Batch inFlight = accumulator.poll();
        BatchEntry failed = entry("a");
        accumulator.add(failed, true);
        accumulator.failAll(event -> event == failed.first);
        BatchEntry next = entry("a");
        accumulator.add(next, true);

        assertThat(accumulator.poll()).isNull();
        accumulator.release(inFlight);
        assertThat(accumulator.poll().entries).containsExactly(next);
    }

    // otherwise, an application with a channel for each user would use more and more memory
    @Test
    void aChannelWithoutEventsIsForgotten() {
        BatchEntry sent = entry("a");
        accumulator.add(sent, true);
        sendAll(accumulator);
        BatchEntry failed = entry("a");
        accumulator.add(failed, false);
        assertThat(failed.lane).isNotSameAs(sent.lane);
        accumulator.failAll(event -> true);
        BatchEntry next = entry("a");

        accumulator.add(next, false);

        assertThat(next.lane).isNotSameAs(failed.lane);
    }

    @Test
    void noMoreBatchesAreUnderWayThanAllowed() {
        EventAccumulator narrow = new EventAccumulator(1, 2, TIMEOUT, time::nanoTime);
        for (String channel : List.of("a", "b", "c")) {
            narrow.add(BatchEntry.link(List.of(entry(channel))), false);
        }
        Batch first = narrow.poll();
        assertThat(narrow.poll()).isNotNull();

        assertThat(narrow.poll()).isNull();
        narrow.release(first);
        assertThat(narrow.poll()).isNotNull();
    }

    @Test
    void aFlushEndsWhenEarlierEntriesAreRemoved() {
        BatchEntry before = entry("a");
        BatchEntry alsoBefore = entry("b");
        BatchEntry after = entry("c");
        accumulator.add(BatchEntry.link(List.of(before)), false);
        accumulator.add(BatchEntry.link(List.of(alsoBefore)), false);

        CompletableFuture<?> flush = accumulator.flush();
        accumulator.add(BatchEntry.link(List.of(after)), false);
        answer(alsoBefore);
        assertThat(flush).isNotDone();
        answer(before);

        assertThat(flush).isCompleted();
        assertThat(accumulator.flush()).isNotDone();
    }

    private void answer(BatchEntry entry) {
        List<PendingEvent> settled = accumulator.settle(entry.events(), Outcome.DELIVERED);
        settled.forEach(event -> event.result.complete(new TriggerResult(event.channels, OptionalInt.empty())));
        accumulator.removeCompleted(settled).run();
    }

    @Test
    void anExpiredEntryIsSettledOnceAndNotSent() {
        BatchEntry late = entry("a");
        BatchEntry behind = entry("a");
        accumulator.add(BatchEntry.link(List.of(late)), true);
        time.advance(Duration.ofSeconds(1));
        accumulator.add(BatchEntry.link(List.of(behind)), true);
        assertThat(accumulator.timeLeft(Deadlines::timeToNextTimeout))
                .hasValue(TIMEOUT.minusSeconds(1).toNanos());

        time.advance(TIMEOUT.minusSeconds(1));

        assertThat(accumulator.failExpired()).containsExactlyElementsOf(late.events());
        assertThat(accumulator.failExpired()).isEmpty();
        assertThat(accumulator.settle(late.events(), Outcome.DELIVERED)).isEmpty();
        assertThat(accumulator.timeLeft(Deadlines::timeToNextTimeout))
                .hasValue(Duration.ofSeconds(1).toNanos());
        assertThat(accumulator.poll().entries).containsExactly(behind);
        assertThat(accumulator.counts()).isEqualTo(new EventCounts(0, 1, 0, 1, 0, 1));
    }

    @Test
    void settledEntriesDoNotCountTowardsAFullBatch() {
        accumulator.add(BatchEntry.link(List.of(entry("a"))), false);
        accumulator.add(BatchEntry.link(List.of(entry("a", "b"))), false);
        time.advance(TIMEOUT);
        accumulator.failExpired();

        accumulator.add(BatchEntry.link(List.of(entry("a"))), false);
        assertThat(accumulator.add(BatchEntry.link(List.of(entry("b"))), false)).isFalse();
        assertThat(accumulator.add(BatchEntry.link(List.of(entry("c"))), false)).isTrue();
    }

    @Test
    void aChannelContinuesAfterAnExpiredEvent() {
        accumulator.add(BatchEntry.link(List.of(entry("a"))), true);
        Batch neverAnswered = accumulator.poll();
        accumulator.add(BatchEntry.link(List.of(entry("a", "b"))), true);
        time.advance(Duration.ofSeconds(1));
        BatchEntry behind = entry("b");
        accumulator.add(BatchEntry.link(List.of(behind)), true);
        assertThat(accumulator.poll()).isNull();

        time.advance(TIMEOUT.minusSeconds(1));
        accumulator.failExpired();

        assertThat(accumulator.poll().entries).containsExactly(behind);
        accumulator.release(neverAnswered);
        assertThat(accumulator.poll()).isNull();
    }

    @Test
    void aValueThatIsRenewedDuringAnOutageUsesNoFurtherMemory() {
        EventLifetime lifetime = new EventLifetime(null, new EventLifetime.Conflation(List.of("a"), "e", null, ""));
        for (int i = 0; i < 1000; i++) {
            EncodedEvent value = new EncodedEvent(List.of("a"), new byte[] {'{', '}'}, lifetime);
            accumulator.addConflated(new BatchEntry(List.of(value), EventFormat.BATCH, false, null), true);
        }

        assertThat(accumulator)
                .extracting("lanes.flushedLanes", as(InstanceOfAssertFactories.COLLECTION))
                .hasSize(1);
        assertThat(accumulator.poll().eventCount).isEqualTo(1);
        assertThat(accumulator.counts().superseded()).isEqualTo(999);
    }

    @Test
    void anAttemptContainsTheEventsThatAreNotSettled() {
        BatchEntry settled = entry("a");
        BatchEntry left = entry("b");
        accumulator.add(BatchEntry.link(List.of(settled)), true);
        accumulator.add(BatchEntry.link(List.of(left)), true);
        Batch batch = accumulator.poll();

        accumulator.settle(settled.events(), Outcome.FAILED);

        assertThat(accumulator.beginAttempt(batch, batch.events(), superseded::addAll))
                .containsExactlyElementsOf(left.events());
        time.advance(TIMEOUT);
        assertThat(accumulator.beginAttempt(batch, batch.events(), superseded::addAll))
                .isEmpty();
    }

    @Test
    void sentBatchesAreNotIdle() {
        BatchEntry sent = entry("a");
        BatchEntry betweenAttempts = entry("b");
        BatchEntry waiting = entry("a");
        accumulator.add(BatchEntry.link(List.of(sent)), true);
        Batch exchanging = accumulator.poll();
        accumulator.beginAttempt(exchanging, exchanging.events(), superseded::addAll);
        accumulator.add(BatchEntry.link(List.of(betweenAttempts)), true);
        Batch failed = accumulator.poll();
        accumulator.beginAttempt(failed, failed.events(), superseded::addAll);
        failed.endAttempt(new IllegalStateException(), false);
        accumulator.add(BatchEntry.link(List.of(waiting)), true);

        assertThat(accumulator.failAll(event -> !event.isInFlight()))
                .containsExactly(
                        betweenAttempts.events().get(0), waiting.events().get(0));
        assertThat(accumulator.failAll(event -> true)).containsExactlyElementsOf(sent.events());
        assertThat(accumulator.counts()).isEqualTo(new EventCounts(0, 0, 0, 3, 0, 2));
    }

    @Test
    void aFlushDoesNotEndBeforeTheFuturesOfSettledEvents() {
        BatchEntry entry = entry("a");
        accumulator.add(BatchEntry.link(List.of(entry)), false);
        CompletableFuture<?> flush = accumulator.flush();

        accumulator.settle(entry.events(), Outcome.FAILED);
        accumulator.removeCompleted(entry.events()).run();
        assertThat(flush).isNotDone();
        entry.events().get(0).result.completeExceptionally(new IllegalStateException());
        accumulator.removeCompleted(entry.events()).run();

        assertThat(flush).isCompleted();
    }

    @Test
    void aClosedAccumulatorRejectsEntries() {
        accumulator.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> accumulator.add(BatchEntry.link(List.of(entry("a"))), false));
    }

    @Test
    void anEventThatIsAddedWhileTheMaximumNumberOfBatchesIsInFlightIsSentAfterARelease() {
        EventAccumulator narrow = new EventAccumulator(1, 1, TIMEOUT, time::nanoTime);
        narrow.add(entry("a"), false);
        Batch inFlight = narrow.poll();

        assertThat(narrow.add(entry("b"), false)).isFalse();
        assertThat(narrow.mayHaveBatch()).isFalse();

        narrow.release(inFlight);
        assertThat(narrow.mayHaveBatch()).isTrue();
        assertThat(narrow.poll()).isNotNull();
        assertThat(narrow.mayHaveBatch()).isFalse();
    }

    @Test
    void eventsThatWaitForAFullBatchAreNoBatch() {
        accumulator.add(entry("a"), false);

        assertThat(accumulator.mayHaveBatch()).isFalse();
    }

    @Test
    void aCallerDoesNotWaitForAThreadThatUsesTheAccumulator() throws Exception {
        accumulator.add(entry("a"), false);
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch added = new CountDownLatch(1);
        CompletableFuture<List<PendingEvent>> other = CompletableFuture.supplyAsync(() -> accumulator.failAll(event -> {
            locked.countDown();
            return await(added);
        }));
        assertThat(locked.await(30, TimeUnit.SECONDS)).isTrue();

        // the caller could not look for a batch, so it must try to send one
        assertThat(accumulator.add(entry("b"), false)).isTrue();
        added.countDown();

        assertThat(other.get(30, TimeUnit.SECONDS)).hasSize(1);
        assertThat(accumulator.counts().queued()).isEqualTo(1);
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }

    @Test
    void noOperationKeepsTheAccumulatorLocked() {
        EventAccumulator wide = new EventAccumulator(1000, 10, TIMEOUT, time::nanoTime);
        BatchEntry entry = entry("a");
        wide.add(entry, true);
        Batch[] batch = new Batch[1];
        List<Runnable> operations = List.of(
                () -> batch[0] = wide.poll(),
                () -> wide.beginAttempt(batch[0], entry.events(), superseded -> {}),
                () -> wide.timeLeft(entry.events()),
                () -> wide.settle(entry.events(), Outcome.DELIVERED),
                () -> wide.removeCompleted(entry.events()),
                () -> wide.release(batch[0]),
                () -> wide.add(entry("b"), false),
                wide::flushWaiting,
                wide::flush,
                wide::mayHaveBatch,
                wide::failExpired,
                () -> wide.failAll(event -> true),
                () -> wide.timeLeft(Deadlines::timeToNextTimeout),
                () -> wide.timeLeft(Deadlines::timeToNextExpiry),
                () -> wide.addConflated(entry("d"), false),
                wide::counts);

        for (int i = 0; i < operations.size(); i++) {
            operations.get(i).run();

            sendAll(wide);
            // if the accumulator were locked, this could not look for a batch, and would report that there may be one
            assertThat(CompletableFuture.supplyAsync(() -> wide.add(entry("c"), false)))
                    .as("after operation %d", i)
                    .succeedsWithin(Duration.ofSeconds(30))
                    .isEqualTo(false);
        }
        wide.close();
        assertThat(CompletableFuture.supplyAsync(wide::counts)).succeedsWithin(Duration.ofSeconds(30));
    }

    private static void sendAll(EventAccumulator accumulator) {
        for (Batch next = accumulator.poll(); next != null; next = accumulator.poll()) {
            accumulator.release(next);
        }
    }

    @Test
    void aFlushSendsWaitingEventsWithoutAFullBatch() {
        accumulator.add(entry("a"), false);

        accumulator.flush();

        assertThat(accumulator.poll().size()).isEqualTo(1);
    }

    @Test
    void closingSendsWaitingEventsWithoutAFullBatch() {
        accumulator.add(entry("a"), false);

        accumulator.close();

        assertThat(accumulator.poll().size()).isEqualTo(1);
    }

    @Test
    void eventsExpireInOrderAlsoIfTheirCallersOvertakeEachOther() {
        AtomicLong now = new AtomicLong(Duration.ofSeconds(10).toNanos());
        EventAccumulator overtaken = new EventAccumulator(3, 10, TIMEOUT, now::get);
        BatchEntry first = entry("a");
        BatchEntry second = entry("b");
        overtaken.add(first, false);
        now.set(Duration.ofSeconds(9).toNanos());
        overtaken.add(second, false);
        now.set(Duration.ofSeconds(10).toNanos());

        assertThat(overtaken.timeLeft(second.events())).isEqualTo(TIMEOUT.toNanos());
    }

    // System.nanoTime may return any value, and overflow
    @ParameterizedTest
    @ValueSource(longs = {0, -3_600_000_000_000L, Long.MIN_VALUE, Long.MAX_VALUE - 1_000_000_000L})
    void deadlinesDoNotDependOnTheOriginOfTime(long origin) {
        AtomicLong now = new AtomicLong(origin);
        EventAccumulator anyOrigin = new EventAccumulator(3, 10, TIMEOUT, now::get);
        BatchEntry first = entry("a");
        BatchEntry second = entry("b");
        anyOrigin.add(first, true);
        now.addAndGet(Duration.ofSeconds(2).toNanos());
        anyOrigin.add(second, true);

        assertThat(anyOrigin.timeLeft(first.events()))
                .isEqualTo(TIMEOUT.minusSeconds(2).toNanos());
        assertThat(anyOrigin.timeLeft(second.events())).isEqualTo(TIMEOUT.toNanos());
        assertThat(anyOrigin.age(first.first)).isEqualTo(Duration.ofSeconds(2).toNanos());
        assertThat(anyOrigin.age(second.first)).isZero();
        Batch batch = anyOrigin.poll();
        assertThat(anyOrigin.beginAttempt(batch, batch.events(), superseded -> {}))
                .hasSize(2);
        assertThat(anyOrigin.failExpired()).isEmpty();
        now.addAndGet(TIMEOUT.minusSeconds(2).toNanos());
        assertThat(anyOrigin.failExpired()).containsExactly(first.first);
    }

    @Test
    void theTimeLeftOfARequestIsThatOfItsFirstEventThatIsNotSettled() {
        BatchEntry first = entry("a");
        BatchEntry second = entry("b");
        accumulator.add(first, true);
        time.advance(Duration.ofSeconds(1));
        accumulator.add(second, true);
        List<PendingEvent> both = List.of(first.first, second.first);
        assertThat(accumulator.timeLeft(both)).isEqualTo(TIMEOUT.minusSeconds(1).toNanos());

        accumulator.settle(first.events(), Outcome.FAILED);
        assertThat(accumulator.timeLeft(both)).isEqualTo(TIMEOUT.toNanos());

        accumulator.settle(second.events(), Outcome.FAILED);
        assertThat(accumulator.timeLeft(both)).isZero();
    }

    /** For any sequence of calls, the events of each channel are sent one at a time and in order, and none remains. */
    @RepeatedTest(200)
    void keepsTheOrderOfEveryChannel() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        EventAccumulator anyAccumulator =
                new EventAccumulator(1 + random.nextInt(5), 1 + random.nextInt(4), TIMEOUT, time::nanoTime);
        List<Batch> underWay = new ArrayList<>();
        Map<String, List<Integer>> added = new HashMap<>();
        Map<String, List<Integer>> sent = new HashMap<>();
        Map<BatchEntry, Integer> numbers = new HashMap<>();
        int count = 0;

        for (int step = 0; step < 300; step++) {
            switch (random.nextInt(4)) {
                case 0, 1 -> {
                    List<BatchEntry> call = new ArrayList<>();
                    for (int part = 0; part < (random.nextInt(5) == 0 ? 3 : 1); part++) {
                        BatchEntry entry = randomEntry(random);
                        numbers.put(entry, count);
                        for (String channel : channels(entry)) {
                            added.computeIfAbsent(channel, key -> new ArrayList<>())
                                    .add(count);
                        }
                        call.add(entry);
                        count++;
                    }
                    anyAccumulator.add(BatchEntry.link(call), random.nextInt(4) == 0);
                }
                case 2 -> take(anyAccumulator, underWay, sent, numbers);
                default -> {
                    if (random.nextBoolean()) {
                        anyAccumulator.flushWaiting();
                    } else if (!underWay.isEmpty()) {
                        anyAccumulator.release(underWay.remove(random.nextInt(underWay.size())));
                    }
                }
            }
        }
        anyAccumulator.flushWaiting();
        // each step sends or releases a batch
        int steps = 0;
        while (steps++ <= 2 * count && (take(anyAccumulator, underWay, sent, numbers) || !underWay.isEmpty())) {
            if (!underWay.isEmpty()) {
                anyAccumulator.release(underWay.remove(random.nextInt(underWay.size())));
            }
        }

        assertThat(sent).as("seed " + seed).isEqualTo(added);
    }

    private static boolean take(
            EventAccumulator accumulator,
            List<Batch> underWay,
            Map<String, List<Integer>> sent,
            Map<BatchEntry, Integer> numbers) {
        Batch batch = accumulator.poll();
        if (batch == null) {
            return false;
        }
        Set<String> held = new HashSet<>();
        underWay.forEach(other -> other.entries.forEach(entry -> held.addAll(channels(entry))));
        for (BatchEntry entry : batch.entries) {
            assertThat(Collections.disjoint(channels(entry), held)).isTrue();
            for (String channel : channels(entry)) {
                sent.computeIfAbsent(channel, key -> new ArrayList<>()).add(numbers.get(entry));
            }
        }
        underWay.add(batch);
        return true;
    }

    private static BatchEntry randomEntry(Random random) {
        Set<String> channels = new LinkedHashSet<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            channels.add("channel-" + random.nextInt(6));
        }
        if (random.nextInt(6) == 0) {
            return new BatchEntry(
                    List.of(event(channels.toArray(String[]::new)), event("channel-" + random.nextInt(6))),
                    EventFormat.BATCH,
                    true,
                    null);
        }
        return entry(channels.toArray(String[]::new));
    }

    private static Set<String> channels(BatchEntry entry) {
        Set<String> channels = new LinkedHashSet<>();
        entry.events().forEach(event -> channels.addAll(event.channels));
        return channels;
    }

    private static BatchEntry entry(String... channels) {
        return new BatchEntry(List.of(event(channels)), EventFormat.BATCH, false, null);
    }

    private static EncodedEvent event(String... channels) {
        return new EncodedEvent(List.of(channels), new byte[] {'{', '}'});
    }
}
