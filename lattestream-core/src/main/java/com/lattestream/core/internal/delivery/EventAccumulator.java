package com.lattestream.core.internal.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Holds all events from their acceptance until their futures are complete, and decides which events are sent next and
 * how each event ends. An event is settled once: by the response, its deadline, a newer event, or closing. Thread-safe.
 *
 * <p>State and locking: one lock guards the lanes, the incomplete events and the counters. It is held for microseconds,
 * and no code of the application runs under it. Callers do not wait for it, unless an event is conflated: they push an
 * entry to the {@link Inbox}, and drain the inbox only if the lock is free. Every other method acquires the lock and
 * drains the inbox first, so it sees all entries that were added before.
 *
 * <p>No wake-up is lost:
 * <ul>
 * <li>{@link #add} returns whether a batch may be available; the caller then runs the send loop. It returns false only
 * if it has looked under the lock and there is none, or if the maximum number of batches is in flight.
 * <li>In the second case, the entry was pushed before the number of batches was read. {@link #release} decrements the
 * number before the send loop polls, and polling drains the inbox. So either the caller sees the decremented number, or
 * the send loop sees the entry.
 * <li>If the lock is not free, the thread that holds it may have drained the inbox before the entry was pushed.
 * Therefore {@code add} reports a batch without looking, unless the maximum number is in flight.
 * </ul>
 */
final class EventAccumulator {

    private final SpinningLock lock = new SpinningLock();

    private final Inbox inbox = new Inbox();

    private final ChannelLanes lanes;

    private final IncompleteEvents incomplete = new IncompleteEvents();

    private final Deadlines deadlines;

    private final ConflationIndex conflated = new ConflationIndex();

    private final EventTally tally = new EventTally();

    private final int maxInFlight;

    // written under the lock, read without it
    private final AtomicInteger batchesInFlight = new AtomicInteger();

    private long lastSequenceNumber;

    /**
     * Creates an accumulator.
     * @param batchSize the maximum number of entries in a batch
     * @param maxInFlight the maximum number of batches in flight
     * @param deliveryTimeout the time after which an event that is not settled expires
     * @param nanoTime provides the time, as {@link System#nanoTime} does
     */
    EventAccumulator(int batchSize, int maxInFlight, Duration deliveryTimeout, LongSupplier nanoTime) {
        this.lanes = new ChannelLanes(batchSize);
        this.maxInFlight = maxInFlight;
        this.deadlines = new Deadlines(incomplete, deliveryTimeout, nanoTime);
    }

    /**
     * Adds the entries of one call.
     * @param entry the first entry; those that {@linkplain BatchEntry#link follow} it are sent one after the other
     * @param immediate whether they are sent without waiting for a full batch
     * @return whether there may be a batch to {@linkplain #poll send}
     * @throws IllegalStateException if the accumulator is closed
     */
    boolean add(BatchEntry entry, boolean immediate) {
        entry.setImmediate(immediate);
        deadlines.start(entry);
        inbox.add(entry);
        if (batchesInFlight.get() >= maxInFlight) {
            return false;
        }
        if (!lock.tryLock()) {
            return true;
        }
        try {
            enqueue(inbox.drain());
            return lanes.mayHaveBatch();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Adds the entries of one call with {@linkplain BatchEntry#isConflated() conflated} events. Unlike {@link #add}, it
     * acquires the lock, so that each superseded event ends in the call that supersedes it.
     * @param entry the first entry; those that {@linkplain BatchEntry#link follow} it are sent one after the other
     * @param immediate whether they are sent without waiting for a full batch
     * @return the events that are superseded. The caller completes their futures, and then
     * {@linkplain #removeCompleted removes} the events
     * @throws IllegalStateException if the accumulator is closed
     */
    List<PendingEvent> addConflated(BatchEntry entry, boolean immediate) {
        lock();
        try {
            inbox.requireOpen();
            entry.setImmediate(immediate);
            deadlines.start(entry);
            List<PendingEvent> superseded = conflated.supersede(entry, lanes);
            enqueueCall(entry);
            return settle(superseded, Outcome.SUPERSEDED);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Adds an entry with a conflated event for which there is no room, in the room of the event that it supersedes.
     * @param entry the entry
     * @param immediate whether it is sent without waiting for a full batch
     * @param capacity the room of events
     * @return as {@link #addConflated}; empty if the entry was not added, because it replaces no event, or is too large
     */
    List<PendingEvent> tryReplace(BatchEntry entry, boolean immediate, QueueCapacity capacity) {
        lock();
        try {
            boolean replaces = !inbox.isClosed() && conflated.transferRoom(entry.first, capacity);
            return replaces ? addConflated(entry, immediate) : List.of();
        } finally {
            lock.unlock();
        }
    }

    private void lock() {
        lock.lock();
        enqueue(inbox.drain());
    }

    private void enqueue(@Nullable BatchEntry oldest) {
        BatchEntry firstOfCall = oldest;
        while (firstOfCall != null) {
            BatchEntry next = firstOfCall.nextInInbox;
            firstOfCall.nextInInbox = null;
            enqueueCall(firstOfCall);
            firstOfCall = next;
        }
    }

    private void enqueueCall(BatchEntry firstOfCall) {
        long deadline = firstOfCall.first.deadline;
        Lane laneOfCall = firstOfCall.nextOfCall == null ? null : ChannelLanes.laneOfCall();
        for (BatchEntry entry = firstOfCall; entry != null; entry = entry.nextOfCall) {
            if (entry.count == 1) {
                number(entry.first, deadline);
            } else {
                entry.events().forEach(event -> number(event, deadline));
            }
            tally.enqueued(entry.count);
            lanes.enqueue(entry, laneOfCall);
        }
    }

    private void number(PendingEvent event, long deadlineOfCall) {
        event.sequenceNumber = ++lastSequenceNumber;
        deadlines.enqueued(event, deadlineOfCall);
        incomplete.add(event);
    }

    /** Sends the waiting events without waiting for full batches. */
    void flushWaiting() {
        lock();
        try {
            lanes.flush(lastSequenceNumber);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Sends the waiting events as {@link #flushWaiting} does.
     * @return completes when all events that were added before are {@linkplain #removeCompleted removed}
     */
    CompletableFuture<@Nullable Void> flush() {
        lock();
        try {
            lanes.flush(lastSequenceNumber);
            return incomplete.flush(lastSequenceNumber);
        } finally {
            lock.unlock();
        }
    }

    /** Rejects further events, and sends the waiting ones without waiting for full batches. */
    void close() {
        lock();
        try {
            enqueue(inbox.close());
            lanes.flush(lastSequenceNumber);
        } finally {
            lock.unlock();
        }
    }

    /** Whether {@link #poll} may return a batch. */
    boolean mayHaveBatch() {
        lock();
        try {
            return batchesInFlight.get() < maxInFlight && lanes.mayHaveBatch();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Removes the next batch from the lanes: a full one, or one with events that do not wait for a full batch.
     * @return the batch, to be {@linkplain #release released} after its response; null if no batch can be sent now
     */
    @Nullable Batch poll() {
        lock();
        try {
            Batch batch = batchesInFlight.get() < maxInFlight ? lanes.poll() : null;
            if (batch != null) {
                batchesInFlight.incrementAndGet();
                tally.sent(batch);
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Begins an attempt.
     * @param batch the batch that the events are part of
     * @param events the events to send
     * @param superseded receives those of them that are not sent because a newer event is sent instead. It completes
     * their futures
     * @return those of them that are neither settled nor expired nor superseded
     */
    List<PendingEvent> beginAttempt(Batch batch, List<PendingEvent> events, Consumer<List<PendingEvent>> superseded) {
        List<PendingEvent> left = new ArrayList<>(events.size());
        List<PendingEvent> outdated;
        lock();
        try {
            long now = deadlines.now();
            for (PendingEvent event : events) {
                if (!event.settled && event.deadline - now > 0 && !conflated.isOutdated(event)) {
                    left.add(event);
                }
            }
            outdated = left.size() == events.size()
                    ? List.of()
                    : settle(events.stream().filter(conflated::isOutdated).toList(), Outcome.SUPERSEDED);
            if (!left.isEmpty()) {
                batch.beginAttempt();
            }
        } finally {
            lock.unlock();
        }
        superseded.accept(outdated);
        return left;
    }

    /**
     * Ends a batch: further events of its channels can be sent.
     * @param batch the batch, after its response
     */
    void release(Batch batch) {
        lock();
        try {
            batchesInFlight.decrementAndGet();
            lanes.release(batch);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Settles events.
     * @param events events; those that are settled already remain as they are
     * @param outcome how they end
     * @return the events that this call has settled. The caller completes their futures, and then
     * {@linkplain #removeCompleted removes} them
     */
    List<PendingEvent> settle(List<PendingEvent> events, Outcome outcome) {
        lock();
        try {
            List<PendingEvent> settled = new ArrayList<>(events.size());
            for (PendingEvent event : events) {
                if (!event.settled) {
                    settle(event, outcome);
                    settled.add(event);
                }
            }
            return settled;
        } finally {
            lock.unlock();
        }
    }

    private void settle(PendingEvent event, Outcome outcome) {
        event.settled = true;
        tally.settled(event, outcome);
        if (event.entry.batch == null && event.entry.isSettled()) {
            lanes.remove(event.entry);
        }
        deadlines.settled(event);
        conflated.settled(event);
    }

    /** Settles the events as failed whose deadline has passed, and returns them. */
    List<PendingEvent> failExpired() {
        lock();
        try {
            return settle(deadlines.passed(), Outcome.FAILED);
        } finally {
            lock.unlock();
        }
    }

    /** Settles the incomplete events as failed that meet a condition, and returns them. */
    List<PendingEvent> failAll(Predicate<PendingEvent> condition) {
        lock();
        try {
            return settle(incomplete.findAll(condition), Outcome.FAILED);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns the time until the next event expires.
     * @param next the events of interest: {@link Deadlines#timeToNextTimeout} or {@link Deadlines#timeToNextExpiry}
     * @return nanoseconds; empty if there is no event
     */
    OptionalLong timeLeft(Function<Deadlines, OptionalLong> next) {
        lock();
        try {
            return next.apply(deadlines);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns the time until the delivery timeout of the first of some events.
     * @param events the events of a request
     * @return nanoseconds; 0 if all are settled
     */
    long timeLeft(List<PendingEvent> events) {
        lock();
        try {
            return deadlines.timeLeft(events);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns the time since an event was added.
     * @param event an event of this accumulator
     * @return nanoseconds
     */
    long age(PendingEvent event) {
        return deadlines.age(event);
    }

    /**
     * Removes events whose futures are complete.
     * @param events events that are settled
     * @return completes the flushes that have waited for them; must run without the lock
     */
    Runnable removeCompleted(List<PendingEvent> events) {
        lock();
        try {
            for (PendingEvent event : events) {
                if (event.result.isDone() && incomplete.remove(event)) {
                    conflated.completed(event);
                }
            }
            List<CompletableFuture<@Nullable Void>> flushes = incomplete.pollEndedFlushes();
            return () -> flushes.forEach(flush -> flush.complete(null));
        } finally {
            lock.unlock();
        }
    }

    /** Returns the numbers of events, all as of the same time. */
    EventCounts counts() {
        lock();
        try {
            return tally.counts();
        } finally {
            lock.unlock();
        }
    }
}
