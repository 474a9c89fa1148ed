package com.lattestream.core.internal.delivery;

import com.lattestream.core.TriggerResult;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The entries that wait for one channel, in order. While a batch of this lane is in flight, no other entry of the lane
 * is sent. Part of {@link ChannelLanes}.
 */
final class Lane {

    static final Lane NONE = new Lane(null);

    // most channels have few events waiting
    private static final int INITIAL_CAPACITY = 4;

    /** The channel; null for a lane that keeps the entries of one call in order. */
    final @Nullable String channel;

    final Deque<BatchEntry> waiting = new ArrayDeque<>(INITIAL_CAPACITY);

    /** The batch in flight; null for none. */
    @Nullable Batch inFlightBatch;

    /** Whether the lane counts as ready: it has no batch in flight and its first entry waits for no other lane. */
    boolean ready;

    /** Whether the lane is in the list of flushed lanes, ready or not. */
    boolean listedAsFlushed;

    /** The number of waiting entries that have this as their first lane: an entry counts once, in one of its lanes. */
    int headedEntries;

    /** The sequence number up to which entries are sent without waiting for a full batch. */
    long flushUpTo;

    /** The result of all events of this channel that were accepted in batches. Immutable, so a race is harmless. */
    private @Nullable TriggerResult result;

    Lane(@Nullable String channel) {
        this.channel = channel;
    }

    boolean isIdle() {
        return inFlightBatch == null;
    }

    /**
     * Whether a batch may contain an entry: several entries of one channel, but only one of the entries of one call.
     */
    boolean admits(Batch batch) {
        return inFlightBatch == null || (inFlightBatch == batch && channel != null);
    }

    /** Whether this is the lane of the only channel of an event. */
    boolean isOnlyLaneOf(PendingEvent event) {
        return event.channels.size() == 1 && event.channels.get(0).equals(channel);
    }

    /** Returns the result of an event of this channel alone that was accepted in a batch. */
    TriggerResult resultWithoutInformation(List<String> channels) {
        TriggerResult result = this.result;
        if (result == null) {
            result = new TriggerResult(channels, OptionalInt.empty());
            this.result = result;
        }
        return result;
    }
}
