package com.lattestream.core.internal.delivery;

import com.lattestream.core.internal.wire.EncodedEvent;
import com.lattestream.core.internal.wire.EventFormat;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events that go into one request together: usually one. What is not final is guarded by the lock of the queue. */
final class QueuedEvents {

    final List<PendingEvent> events;

    final EventFormat format;

    /** Whether nothing else goes into the same request. */
    final boolean alone;

    /** What the caller was about, for the observer of requests. */
    final @Nullable Object context;

    /** One for each channel, and one more where several of these belong to one call. Set when queued. */
    List<Lane> lanes = List.of();

    /** What it was sent with; null while it waits. */
    @Nullable Batch batch;

    QueuedEvents(List<EncodedEvent> events, EventFormat format, boolean alone, @Nullable Object context) {
        this.events = pending(events);
        this.format = format;
        this.alone = alone;
        this.context = context;
    }

    private List<PendingEvent> pending(List<EncodedEvent> events) {
        if (events.size() == 1) {
            return List.of(new PendingEvent(events.get(0), this));
        }
        List<PendingEvent> pending = new ArrayList<>(events.size());
        for (EncodedEvent event : events) {
            pending.add(new PendingEvent(event, this));
        }
        return pending;
    }

    long number() {
        return events.get(0).number;
    }
}
