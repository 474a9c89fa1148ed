package com.lattestream.core.internal.delivery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The events whose futures are not complete, in the order of their sequence numbers, and of the deadlines of those that
 * expire with the delivery timeout. The others are in {@link Deadlines} as well, and have an earlier deadline than the
 * events behind them. The events are linked with each other, so that removing one takes constant time and frees its
 * bytes. Guarded by the accumulator's lock.
 *
 * <p>A flush waits for the events that were added before it. As events are in order, it ends when the oldest one is
 * newer.
 */
final class IncompleteEvents {

    private @Nullable PendingEvent first;

    private @Nullable PendingEvent last;

    private final Deque<Flush> flushes = new ArrayDeque<>();

    void add(PendingEvent event) {
        event.previous = last;
        if (last == null) {
            first = event;
        } else {
            last.next = event;
        }
        last = event;
    }

    /**
     * Removes an event.
     * @return false if it was removed before
     */
    boolean remove(PendingEvent event) {
        PendingEvent previous = event.previous;
        PendingEvent next = event.next;
        if (previous == null && first != event) {
            return false;
        }
        if (previous == null) {
            first = next;
        } else {
            previous.next = next;
        }
        if (next == null) {
            last = previous;
        } else {
            next.previous = previous;
        }
        event.previous = null;
        event.next = null;
        return true;
    }

    /** Returns the oldest event; null if there is none. */
    @Nullable PendingEvent first() {
        return first;
    }

    /** Returns the oldest event that meets a condition; null if none does. */
    @Nullable PendingEvent findFirst(Predicate<PendingEvent> condition) {
        PendingEvent event = first;
        while (event != null && !condition.test(event)) {
            event = event.next;
        }
        return event;
    }

    List<PendingEvent> findAll(Predicate<PendingEvent> condition) {
        List<PendingEvent> found = new ArrayList<>();
        for (PendingEvent event = first; event != null; event = event.next) {
            if (condition.test(event)) {
                found.add(event);
            }
        }
        return found;
    }

    /** Returns the oldest events, up to the first that does not meet a condition. */
    List<PendingEvent> takeWhile(Predicate<PendingEvent> condition) {
        List<PendingEvent> found = new ArrayList<>();
        for (PendingEvent event = first; event != null && condition.test(event); event = event.next) {
            found.add(event);
        }
        return found;
    }

    /**
     * Adds a flush.
     * @param upTo the sequence number of the last event that it waits for
     * @return completes when these events are removed
     */
    CompletableFuture<@Nullable Void> flush(long upTo) {
        if (first == null) {
            return CompletableFuture.completedFuture(null);
        }
        Flush flush = new Flush(upTo, new CompletableFuture<>());
        flushes.add(flush);
        return flush.done;
    }

    /** Removes the flushes whose events are removed, and returns their futures. */
    List<CompletableFuture<@Nullable Void>> pollEndedFlushes() {
        if (flushes.isEmpty()) {
            return List.of();
        }
        List<CompletableFuture<@Nullable Void>> ended = new ArrayList<>();
        while (!flushes.isEmpty() && (first == null || flushes.element().upTo < first.sequenceNumber)) {
            ended.add(flushes.remove().done);
        }
        return ended;
    }

    private record Flush(long upTo, CompletableFuture<@Nullable Void> done) {}
}
