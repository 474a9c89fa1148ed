package com.lattestream.core.internal.delivery;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one channel, in order. While a batch holds the lane, nothing else of it is sent. Guarded by the lock
 * of the queue.
 */
final class Lane {

    static final Lane NONE = new Lane(null);

    /** The channel; null for a lane that keeps the parts of one call in order. */
    final @Nullable String channel;

    final Deque<QueuedEvents> waiting = new ArrayDeque<>();

    /** The batch that is under way on this lane; null for none. */
    @Nullable Batch heldBy;

    /** Whether the lane is in one of the queue's lists of lanes that may be sent. */
    boolean ready;

    /** How many of the waiting have this as their first lane: each is counted once, however many lanes it is in. */
    int leads;

    /** Up to this number, what waits is sent without waiting for others to travel with. */
    long dueUpTo;

    Lane(@Nullable String channel) {
        this.channel = channel;
    }

    boolean isFree() {
        return heldBy == null;
    }

    /** A batch may take several in order, but of the parts of one call only one. */
    boolean admits(Batch batch) {
        return heldBy == null || (heldBy == batch && channel != null);
    }
}
