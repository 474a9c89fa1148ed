package com.lattestream.core.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.lattestream.core.TriggerResult;
import com.lattestream.core.internal.wire.EncodedEvent;
import com.lattestream.core.internal.wire.EventFormat;
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
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class EventQueueTests {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final ManualScheduler time = new ManualScheduler();

    private final EventQueue queue = new EventQueue(3, 10, TIMEOUT, time::nanoTime);

    @Test
    void nothingIsSentBeforeABatchIsFullOrDue() {
        assertThat(queue.add(List.of(entry("a"), entry("b")), false)).isFalse();

        assertThat(queue.next()).isNull();
    }

    @Test
    void aFullBatchIsSentAtOnce() {
        queue.add(List.of(entry("a")), false);
        queue.add(List.of(entry("b")), false);

        assertThat(queue.add(List.of(entry("c")), false)).isTrue();

        assertThat(queue.next().size()).isEqualTo(3);
        assertThat(queue.next()).isNull();
    }

    @Test
    void whatIsDueIsSentThoughTheBatchIsNotFull() {
        queue.add(List.of(entry("a")), false);

        queue.makeAllDue();

        assertThat(queue.next().size()).isEqualTo(1);
    }

    @Test
    void aChannelHasOneBatchUnderWayWhileOthersGoOn() {
        QueuedEvents first = entry("a");
        QueuedEvents second = entry("a");
        QueuedEvents other = entry("b");
        queue.add(List.of(first), true);
        Batch underWay = queue.next();
        queue.add(List.of(second), true);
        queue.add(List.of(other), true);

        assertThat(queue.next().content).containsExactly(other);
        assertThat(queue.next()).isNull();
        queue.release(underWay);
        assertThat(queue.next().content).containsExactly(second);
    }

    @Test
    void aChannelHeldByABatchDoesNotCountTowardsAFullOne() {
        queue.add(List.of(entry("a")), true);
        queue.next();
        queue.add(List.of(entry("a")), false);
        queue.add(List.of(entry("a")), false);

        assertThat(queue.add(List.of(entry("a")), false)).isFalse();
        assertThat(queue.next()).isNull();
    }

    @Test
    void anEventForSeveralChannelsWaitsForAllOfThem() {
        QueuedEvents both = entry("a", "b");
        queue.add(List.of(entry("a")), true);
        Batch a = queue.next();
        queue.add(List.of(both), true);
        QueuedEvents behind = entry("b");
        queue.add(List.of(behind), true);

        assertThat(queue.next()).isNull();
        queue.release(a);
        Batch joined = queue.next();
        assertThat(joined.content).containsExactly(both);
        queue.release(joined);
        assertThat(queue.next().content).containsExactly(behind);
    }

    @Test
    void thePartsOfOneCallGoOutOneAfterTheOther() {
        QueuedEvents first = entry("a");
        QueuedEvents second = entry("b");
        queue.add(List.of(first, second), true);

        Batch batch = queue.next();
        assertThat(batch.content).containsExactly(first);
        assertThat(queue.next()).isNull();
        queue.release(batch);
        assertThat(queue.next().content).containsExactly(second);
    }

    @Test
    void whatGoesAloneSharesNoBatch() {
        QueuedEvents before = entry("a");
        QueuedEvents alone = new QueuedEvents(List.of(event("b"), event("c")), EventFormat.BATCH, true, null);
        QueuedEvents after = entry("d");
        queue.add(List.of(before), true);
        queue.add(List.of(alone), true);
        queue.add(List.of(after), true);

        assertThat(List.of(queue.next().content, queue.next().content, queue.next().content))
                .containsExactlyInAnyOrder(List.of(before), List.of(alone), List.of(after));
    }

    @Test
    void noMoreBatchesAreUnderWayThanAllowed() {
        EventQueue narrow = new EventQueue(1, 2, TIMEOUT, time::nanoTime);
        for (String channel : List.of("a", "b", "c")) {
            narrow.add(List.of(entry(channel)), false);
        }
        Batch first = narrow.next();
        assertThat(narrow.next()).isNotNull();

        assertThat(narrow.next()).isNull();
        narrow.release(first);
        assertThat(narrow.next()).isNotNull();
    }

    @Test
    void aFlushEndsWhenWhatWasAddedBeforeIsForgotten() {
        QueuedEvents before = entry("a");
        QueuedEvents alsoBefore = entry("b");
        QueuedEvents after = entry("c");
        queue.add(List.of(before), false);
        queue.add(List.of(alsoBefore), false);

        CompletableFuture<?> flush = queue.flush();
        queue.add(List.of(after), false);
        answer(alsoBefore);
        assertThat(flush).isNotDone();
        answer(before);

        assertThat(flush).isCompleted();
        assertThat(queue.flush()).isNotDone();
    }

    private void answer(QueuedEvents entry) {
        List<PendingEvent> settled = queue.settle(entry.events(), true);
        settled.forEach(event -> event.result.complete(new TriggerResult(event.channels, OptionalInt.empty())));
        queue.forget(settled).run();
    }

    @Test
    void whatIsLateIsSettledOnceAndNotSent() {
        QueuedEvents late = entry("a");
        QueuedEvents behind = entry("a");
        queue.add(List.of(late), true);
        time.advance(Duration.ofSeconds(1));
        queue.add(List.of(behind), true);
        assertThat(queue.nextDeadline()).hasValue(TIMEOUT.minusSeconds(1).toNanos());

        time.advance(TIMEOUT.minusSeconds(1));

        assertThat(queue.expire()).containsExactlyElementsOf(late.events());
        assertThat(queue.expire()).isEmpty();
        assertThat(queue.settle(late.events(), true)).isEmpty();
        assertThat(queue.nextDeadline()).hasValue(Duration.ofSeconds(1).toNanos());
        assertThat(queue.next().content).containsExactly(behind);
        assertThat(queue.counts()).isEqualTo(new EventQueue.Counts(0, 1, 0, 1, 1));
    }

    @Test
    void whatIsSettledDoesNotCountTowardsAFullBatch() {
        queue.add(List.of(entry("a")), false);
        queue.add(List.of(entry("a", "b")), false);
        time.advance(TIMEOUT);
        queue.expire();

        queue.add(List.of(entry("a")), false);
        assertThat(queue.add(List.of(entry("b")), false)).isFalse();
        assertThat(queue.add(List.of(entry("c")), false)).isTrue();
    }

    @Test
    void aChannelThatWaitedForALateEventGoesOn() {
        queue.add(List.of(entry("a")), true);
        Batch neverAnswered = queue.next();
        queue.add(List.of(entry("a", "b")), true);
        time.advance(Duration.ofSeconds(1));
        QueuedEvents behind = entry("b");
        queue.add(List.of(behind), true);
        assertThat(queue.next()).isNull();

        time.advance(TIMEOUT.minusSeconds(1));
        queue.expire();

        assertThat(queue.next().content).containsExactly(behind);
        queue.release(neverAnswered);
        assertThat(queue.next()).isNull();
    }

    @Test
    void anAttemptIsMadeWithWhatIsLeft() {
        QueuedEvents settled = entry("a");
        QueuedEvents left = entry("b");
        queue.add(List.of(settled), true);
        queue.add(List.of(left), true);
        Batch batch = queue.next();

        queue.settle(settled.events(), false);

        assertThat(queue.beginAttempt(batch, batch.events())).containsExactlyElementsOf(left.events());
        time.advance(TIMEOUT);
        assertThat(queue.beginAttempt(batch, batch.events())).isEmpty();
    }

    @Test
    void whatIsWithTheServiceIsNotIdle() {
        QueuedEvents sent = entry("a");
        QueuedEvents betweenAttempts = entry("b");
        QueuedEvents waiting = entry("a");
        queue.add(List.of(sent), true);
        Batch exchanging = queue.next();
        queue.beginAttempt(exchanging, exchanging.events());
        queue.add(List.of(betweenAttempts), true);
        Batch failed = queue.next();
        queue.beginAttempt(failed, failed.events());
        queue.endAttempt(failed, new IllegalStateException(), false);
        queue.add(List.of(waiting), true);

        assertThat(queue.failIdle())
                .containsExactly(
                        betweenAttempts.events().get(0), waiting.events().get(0));
        assertThat(queue.failAll()).containsExactlyElementsOf(sent.events());
        assertThat(queue.counts()).isEqualTo(new EventQueue.Counts(0, 0, 0, 3, 2));
    }

    @Test
    void aFlushDoesNotEndBeforeTheFuturesOfWhatIsSettled() {
        QueuedEvents entry = entry("a");
        queue.add(List.of(entry), false);
        CompletableFuture<?> flush = queue.flush();

        queue.settle(entry.events(), false);
        queue.forget(entry.events()).run();
        assertThat(flush).isNotDone();
        entry.events().get(0).result.completeExceptionally(new IllegalStateException());
        queue.forget(entry.events()).run();

        assertThat(flush).isCompleted();
    }

    @Test
    void takesNothingMoreOnceClosed() {
        queue.close();

        assertThatIllegalStateException().isThrownBy(() -> queue.add(List.of(entry("a")), false));
    }

    /** Whatever happens in between, each channel's events go out in order, alone, and none is left. */
    @RepeatedTest(200)
    void keepsTheOrderOfEveryChannel() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        EventQueue anyQueue = new EventQueue(1 + random.nextInt(5), 1 + random.nextInt(4), TIMEOUT, time::nanoTime);
        List<Batch> underWay = new ArrayList<>();
        Map<String, List<Integer>> added = new HashMap<>();
        Map<String, List<Integer>> sent = new HashMap<>();
        Map<QueuedEvents, Integer> numbers = new HashMap<>();
        int count = 0;

        for (int step = 0; step < 300; step++) {
            switch (random.nextInt(4)) {
                case 0, 1 -> {
                    List<QueuedEvents> call = new ArrayList<>();
                    for (int part = 0; part < (random.nextInt(5) == 0 ? 3 : 1); part++) {
                        QueuedEvents entry = randomEntry(random);
                        numbers.put(entry, count);
                        for (String channel : channels(entry)) {
                            added.computeIfAbsent(channel, key -> new ArrayList<>())
                                    .add(count);
                        }
                        call.add(entry);
                        count++;
                    }
                    anyQueue.add(call, random.nextInt(4) == 0);
                }
                case 2 -> take(anyQueue, underWay, sent, numbers);
                default -> {
                    if (random.nextBoolean()) {
                        anyQueue.makeAllDue();
                    } else if (!underWay.isEmpty()) {
                        anyQueue.release(underWay.remove(random.nextInt(underWay.size())));
                    }
                }
            }
        }
        anyQueue.makeAllDue();
        while (take(anyQueue, underWay, sent, numbers) || !underWay.isEmpty()) {
            if (!underWay.isEmpty()) {
                anyQueue.release(underWay.remove(random.nextInt(underWay.size())));
            }
        }

        assertThat(sent).as("seed " + seed).isEqualTo(added);
    }

    private static boolean take(
            EventQueue queue,
            List<Batch> underWay,
            Map<String, List<Integer>> sent,
            Map<QueuedEvents, Integer> numbers) {
        Batch batch = queue.next();
        if (batch == null) {
            return false;
        }
        Set<String> held = new HashSet<>();
        underWay.forEach(other -> other.content.forEach(entry -> held.addAll(channels(entry))));
        for (QueuedEvents entry : batch.content) {
            assertThat(Collections.disjoint(channels(entry), held)).isTrue();
            for (String channel : channels(entry)) {
                sent.computeIfAbsent(channel, key -> new ArrayList<>()).add(numbers.get(entry));
            }
        }
        underWay.add(batch);
        return true;
    }

    private static QueuedEvents randomEntry(Random random) {
        Set<String> channels = new LinkedHashSet<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            channels.add("channel-" + random.nextInt(6));
        }
        if (random.nextInt(6) == 0) {
            return new QueuedEvents(
                    List.of(event(channels.toArray(String[]::new)), event("channel-" + random.nextInt(6))),
                    EventFormat.BATCH,
                    true,
                    null);
        }
        return entry(channels.toArray(String[]::new));
    }

    private static Set<String> channels(QueuedEvents entry) {
        Set<String> channels = new LinkedHashSet<>();
        entry.events().forEach(event -> channels.addAll(event.channels));
        return channels;
    }

    private static QueuedEvents entry(String... channels) {
        return new QueuedEvents(List.of(event(channels)), EventFormat.BATCH, false, null);
    }

    private static EncodedEvent event(String... channels) {
        return new EncodedEvent(List.of(channels), new byte[] {'{', '}'});
    }
}
