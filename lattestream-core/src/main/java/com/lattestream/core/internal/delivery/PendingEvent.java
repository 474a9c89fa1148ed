package com.lattestream.core.internal.delivery;

import com.lattestream.core.TriggerResult;
import com.lattestream.core.internal.wire.EncodedEvent;
import com.lattestream.core.internal.wire.EventLifetime;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An accepted event, until its future is complete. Fields that are not final are guarded by the accumulator's lock. */
final class PendingEvent {

    final List<String> channels;

    /** The event in the format of its request. */
    final byte[] json;

    /** The size in bytes, so that the bytes themselves need not be in the processor's cache. */
    final int size;

    /** The caller's future. The caller may complete it as well, so it does not show whether the event is settled. */
    final CompletableFuture<TriggerResult> result = new CompletableFuture<>();

    final BatchEntry entry;

    /** When the event expires, and which events replace it; null for most events, which need no object for it. */
    final @Nullable EventLifetime lifetime;

    /** The position among all events of the accumulator, from 1. Set when the event is enqueued. */
    long sequenceNumber;

    /** The time at which the event fails if it is not settled. */
    long deadline;

    /** Whether the outcome is decided. */
    boolean settled;

    /** Whether the event that has superseded this one occupies its room in the queue. */
    boolean roomTransferred;

    /** The neighbours in {@link IncompleteEvents}; null at the ends, and after removal. */
    @Nullable PendingEvent previous;

    @Nullable PendingEvent next;

    PendingEvent(EncodedEvent event, BatchEntry entry) {
        this.channels = event.channels();
        this.json = event.json();
        this.size = json.length;
        this.entry = entry;
        this.lifetime = event.lifetime();
    }

    int size() {
        return size;
    }

    /** Returns the time after which the event expires, in nanoseconds. */
    long timeout(long deliveryTimeout) {
        return lifetime == null ? deliveryTimeout : lifetime.timeout(deliveryTimeout);
    }

    /** Whether a request with the event is in flight. */
    boolean isInFlight() {
        return entry.batch != null && entry.batch.isAttempting();
    }

    /** Returns the result of an event that was accepted in a batch. */
    TriggerResult resultWithoutInformation() {
        return entry.lane.isOnlyLaneOf(this)
                ? entry.lane.resultWithoutInformation(channels)
                : new TriggerResult(channels, OptionalInt.empty());
    }

    EncodedEvent encoded() {
        return new EncodedEvent(channels, json, lifetime);
    }
}
