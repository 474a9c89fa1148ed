package com.lattestream.core.internal.delivery;

import com.lattestream.core.internal.wire.EncodedEvent;
import com.lattestream.core.internal.wire.EventFormat;
import com.lattestream.core.internal.wire.EventLifetime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Events that are sent in the same request: usually one event for one channel, so the first event and the first lane
 * have fields of their own. Fields that are not final are guarded by the accumulator's lock, unless documented
 * otherwise.
 */
final class BatchEntry {

    final PendingEvent first;

    final int count;

    private final List<PendingEvent> others;

    final EventFormat format;

    /** Whether the request has no other entries. */
    final boolean exclusive;

    /** The caller's context, for the observer of requests. */
    final @Nullable Object context;

    /** Whether the entry is sent without waiting for a full batch. Set by the caller before the entry is added. */
    boolean immediate;

    /** The next entry of the same call, which is sent after this one. Set by the caller before the entry is added. */
    @Nullable BatchEntry nextOfCall;

    /** Links the entries of the {@link Inbox}. */
    @Nullable BatchEntry nextInInbox;

    /** The lane of the first channel. Set when the entry is enqueued. */
    Lane lane = Lane.NONE;

    /** The lanes of the other channels, and one for the entries of one call. Set when the entry is enqueued. */
    List<Lane> otherLanes = List.of();

    /** The batch that contains the entry; null while the entry waits. */
    @Nullable Batch batch;

    BatchEntry(EncodedEvent event, EventFormat format, @Nullable Object context) {
        this.first = new PendingEvent(event, this);
        this.others = List.of();
        this.count = 1;
        this.format = format;
        this.exclusive = false;
        this.context = context;
    }

    BatchEntry(List<EncodedEvent> events, EventFormat format, boolean exclusive, @Nullable Object context) {
        this.first = new PendingEvent(events.get(0), this);
        this.others = pending(events.subList(1, events.size()));
        this.count = events.size();
        this.format = format;
        this.exclusive = exclusive;
        this.context = context;
    }

    /**
     * Links the entries of one call in their order.
     * @param entries the entries
     * @return the first entry
     */
    static BatchEntry link(List<BatchEntry> entries) {
        for (int i = 1; i < entries.size(); i++) {
            entries.get(i - 1).nextOfCall = entries.get(i);
        }
        return entries.get(0);
    }

    /** Sets whether this entry, and those that follow it in the same call, are sent without waiting for full batches. */
    void setImmediate(boolean immediate) {
        for (BatchEntry entry = this; entry != null; entry = entry.nextOfCall) {
            entry.immediate = immediate;
        }
    }

    private List<PendingEvent> pending(List<EncodedEvent> events) {
        List<PendingEvent> pending = new ArrayList<>(events.size());
        for (EncodedEvent event : events) {
            pending.add(new PendingEvent(event, this));
        }
        return pending;
    }

    /** Returns the events in the order of their sequence numbers. */
    List<PendingEvent> events() {
        if (others.isEmpty()) {
            return List.of(first);
        }
        List<PendingEvent> all = new ArrayList<>(count);
        all.add(first);
        all.addAll(others);
        return all;
    }

    /** Whether an event of this entry, or of an entry that follows it in the same call, is conflated. */
    boolean isConflated() {
        return hasLifetime(lifetime -> lifetime.conflation() != null);
    }

    /** Whether an event of this entry, or of an entry that follows it in the same call, has an expiry of its own. */
    boolean hasExpiry() {
        return hasLifetime(lifetime -> lifetime.expiry() != null);
    }

    private boolean hasLifetime(Predicate<EventLifetime> condition) {
        for (BatchEntry entry = this; entry != null; entry = entry.nextOfCall) {
            // most calls have one event, for which no iterator is created
            if (matches(entry.first, condition)
                    || (entry.count > 1 && entry.others.stream().anyMatch(event -> matches(event, condition)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(PendingEvent event, Predicate<EventLifetime> condition) {
        return event.lifetime != null && condition.test(event.lifetime);
    }

    /** Returns the events that are not settled, in the order of their sequence numbers. */
    List<PendingEvent> unsettled() {
        return events().stream().filter(event -> !event.settled).toList();
    }

    boolean isSettled() {
        for (PendingEvent event : others) {
            if (!event.settled) {
                return false;
            }
        }
        return first.settled;
    }

    long sequenceNumber() {
        return first.sequenceNumber;
    }
}
