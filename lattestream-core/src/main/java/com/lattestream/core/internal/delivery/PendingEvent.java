package com.lattestream.core.internal.delivery;

import com.lattestream.core.TriggerResult;
import com.lattestream.core.internal.wire.EncodedEvent;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An event on its way. */
final class PendingEvent {

    final List<String> channels;

    /** What is sent. */
    final byte[] json;

    /** The caller's, who may complete it as well: it does not tell what has become of the event. */
    final CompletableFuture<TriggerResult> result = new CompletableFuture<>();

    /** What it is queued with. */
    final QueuedEvents entry;

    /** Counts up with every event of the queue. Set when queued. */
    long number;

    /** When it fails, unless it has been answered. Set when queued. */
    long deadline;

    /** Whether it is settled what the result will be. Guarded by the lock of the queue. */
    boolean settled;

    /** Its neighbours among the {@link Unanswered}; null at the ends, and when it is answered. */
    @Nullable PendingEvent before;

    @Nullable PendingEvent after;

    PendingEvent(EncodedEvent event, QueuedEvents entry) {
        this.channels = event.channels();
        this.json = event.json();
        this.entry = entry;
    }

    int size() {
        return json.length;
    }

    EncodedEvent encoded() {
        return new EncodedEvent(channels, json);
    }
}
