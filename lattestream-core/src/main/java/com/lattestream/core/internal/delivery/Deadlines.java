package com.lattestream.core.internal.delivery;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The times at which events expire. Guarded by the lock of the {@link EventAccumulator}, except where documented
 * otherwise.
 *
 * <p>Most events expire with the delivery timeout, so their order in {@link IncompleteEvents} is that of their
 * deadlines. The events with an expiry of their own, which is shorter, have an order of their own until they are
 * settled. Such an event has an earlier deadline than the events behind it that expire with the delivery timeout.
 */
final class Deadlines {

    // the difference, because the times may overflow
    private static final Comparator<PendingEvent> BY_DEADLINE =
            (one, other) -> Long.compare(one.deadline - other.deadline, 0);

    private final TreeSet<PendingEvent> withOwnExpiry =
            new TreeSet<>(BY_DEADLINE.thenComparingLong(event -> event.sequenceNumber));

    private final IncompleteEvents incomplete;

    private final long deliveryTimeout;

    private final LongSupplier nanoTime;

    // 0 before the first event
    private long events;

    private long lastDeadline;

    /**
     * Creates deadlines.
     * @param incomplete the events whose futures are not complete
     * @param deliveryTimeout the time after which an event that is not settled expires
     * @param nanoTime provides the time, as {@link System#nanoTime} does
     */
    Deadlines(IncompleteEvents incomplete, Duration deliveryTimeout, LongSupplier nanoTime) {
        this.incomplete = incomplete;
        this.deliveryTimeout = deliveryTimeout.toNanos();
        this.nanoTime = nanoTime;
    }

    long now() {
        return nanoTime.getAsLong();
    }

    /** Starts the time of the events of a call. Requires no lock. */
    void start(BatchEntry firstOfCall) {
        firstOfCall.first.deadline = now() + deliveryTimeout;
    }

    /**
     * Sets the deadline of an event.
     * @param event an event that has its sequence number
     * @param deadlineOfCall the delivery timeout of the call, which {@link #start} has set
     */
    void enqueued(PendingEvent event, long deadlineOfCall) {
        // the deadlines of callers that overtake each other differ by too little to order events by them
        if (events++ == 0 || deadlineOfCall - lastDeadline > 0) {
            lastDeadline = deadlineOfCall;
        }
        event.deadline = lastDeadline;
        if (hasOwnExpiry(event)) {
            event.deadline = deadlineOfCall - deliveryTimeout + event.timeout(deliveryTimeout);
            withOwnExpiry.add(event);
        }
    }

    private boolean hasOwnExpiry(PendingEvent event) {
        return event.timeout(deliveryTimeout) < deliveryTimeout;
    }

    /** Removes an event that is settled. */
    void settled(PendingEvent event) {
        if (event.lifetime != null) {
            withOwnExpiry.remove(event);
        }
    }

    /** Returns the events whose deadline has passed; an event may be contained twice. */
    List<PendingEvent> passed() {
        long now = now();
        List<PendingEvent> passed = incomplete.takeWhile(event -> event.deadline - now <= 0);
        for (PendingEvent event : withOwnExpiry) {
            if (event.deadline - now > 0) {
                break;
            }
            passed.add(event);
        }
        return passed;
    }

    /** Returns the time to the next deadline of an event that expires with the delivery timeout; empty for none. */
    OptionalLong timeToNextTimeout() {
        return timeLeftOf(incomplete.findFirst(event -> !event.settled && !hasOwnExpiry(event)));
    }

    /** Returns the time to the next deadline of an event with an expiry of its own; empty for none. */
    OptionalLong timeToNextExpiry() {
        return timeLeftOf(withOwnExpiry.isEmpty() ? null : withOwnExpiry.first());
    }

    private OptionalLong timeLeftOf(@Nullable PendingEvent event) {
        return event == null ? OptionalLong.empty() : OptionalLong.of(timeLeft(event));
    }

    /**
     * Returns the time until the delivery timeout of the first of some events, in nanoseconds; 0 if all are settled. An
     * expiry of an event does not count: it must not shorten the waits before the retries of a batch.
     */
    long timeLeft(List<PendingEvent> events) {
        return events.stream()
                .filter(event -> !event.settled)
                .mapToLong(event -> timeLeft(event) + deliveryTimeout - event.timeout(deliveryTimeout))
                .min()
                .orElse(0);
    }

    private long timeLeft(PendingEvent event) {
        return Math.max(0, event.deadline - now());
    }

    /** Returns the time since an event was accepted, in nanoseconds. */
    long age(PendingEvent event) {
        return event.timeout(deliveryTimeout) - (event.deadline - now());
    }
}
