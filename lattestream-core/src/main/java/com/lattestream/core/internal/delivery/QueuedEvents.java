package com.lattestream.core.internal.delivery;

import com.lattestream.core.internal.wire.EncodedEvent;
import com.lattestream.core.internal.wire.EventFormat;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events that go into one request together: usually one, on one channel, so that the first of everything has a field of
 * its own, and nothing else is looked at. What is not final is guarded by the lock of the queue.
 */
final class QueuedEvents {

    final PendingEvent first;

    final int count;

    private final List<PendingEvent> others;

    final EventFormat format;

    /** Whether nothing else goes into the same request. */
    final boolean alone;

    /** What the caller was about, for the observer of requests. */
    final @Nullable Object context;

    /** That of the first channel. Set when queued. */
    Lane lane = Lane.NONE;

    /** Those of the other channels, and one more where several of these belong to one call. Set when queued. */
    List<Lane> otherLanes = List.of();

    /** What it was sent with; null while it waits. */
    @Nullable Batch batch;

    QueuedEvents(List<EncodedEvent> events, EventFormat format, boolean alone, @Nullable Object context) {
        this.first = new PendingEvent(events.get(0), this);
        this.others = events.size() == 1 ? List.of() : pending(events.subList(1, events.size()));
        this.count = events.size();
        this.format = format;
        this.alone = alone;
        this.context = context;
    }

    private List<PendingEvent> pending(List<EncodedEvent> events) {
        List<PendingEvent> pending = new ArrayList<>(events.size());
        for (EncodedEvent event : events) {
            pending.add(new PendingEvent(event, this));
        }
        return pending;
    }

    /** Returns all of them, in their order. */
    List<PendingEvent> events() {
        if (others.isEmpty()) {
            return List.of(first);
        }
        List<PendingEvent> all = new ArrayList<>(count);
        all.add(first);
        all.addAll(others);
        return all;
    }

    long number() {
        return first.number;
    }
}
