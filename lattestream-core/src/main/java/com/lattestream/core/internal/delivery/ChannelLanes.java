package com.lattestream.core.internal.delivery;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Orders entries by channel and forms batches. Has neither lock nor clock: it is part of the {@link EventAccumulator}
 * and guarded by its lock.
 *
 * <p>Invariants:
 * <ul>
 * <li>An entry waits in the lane of each of its channels, in the order in which it was enqueued, and is added to a
 * batch only when it is the first in all of them and none of them has another batch in flight. So the events of one
 * channel are sent in order, and the entries of one call, which share a lane of their own, one after the other.
 * <li>A lane that is <i>ready</i> has entries and no batch in flight. It is in {@code flushedLanes} if its first entry
 * is sent without waiting for a full batch, and in {@code readyLanes} otherwise. The lists may also contain lanes that
 * are not ready any more, and {@code readyLanes} a lane twice; {@link #poll} skips these.
 * <li>If the first entry of a ready lane has to wait for another lane, {@code poll} marks the lane as not ready. It is
 * ready again when it changes itself: the entry is removed from it together with the other lanes, by the batch that the
 * entry is added to, or because it expires or is superseded. So no lane is forgotten, and none is examined repeatedly.
 * <li>{@code readyEntries} is the number of entries whose first lane is ready: the upper limit of the number that
 * {@code poll} could return. A lane is in the map while an entry waits in it or a batch of it is in flight.
 * </ul>
 */
final class ChannelLanes {

    private final int batchSize;

    private final Map<String, Lane> lanes = new HashMap<>();

    private final Deque<Lane> flushedLanes = new ArrayDeque<>();

    private final Deque<Lane> readyLanes = new ArrayDeque<>();

    private int readyEntries;

    private long flushUpTo;

    /**
     * Creates lanes.
     * @param batchSize the maximum number of entries in a batch
     */
    ChannelLanes(int batchSize) {
        this.batchSize = batchSize;
    }

    /**
     * Returns a lane that keeps the entries of one call in order.
     * @return a lane of no channel
     */
    static Lane laneOfCall() {
        return new Lane(null);
    }

    /**
     * Adds an entry behind those of the same channels.
     * @param entry the entry, whose events have their sequence numbers
     * @param laneOfCall the lane of the call; null if the call has one entry
     */
    void enqueue(BatchEntry entry, @Nullable Lane laneOfCall) {
        entry.lane = laneOf(entry.first.channels.get(0));
        if (entry.count > 1 || entry.first.channels.size() > 1 || laneOfCall != null) {
            entry.otherLanes = otherLanes(entry, laneOfCall);
        }
        entry.lane.headedEntries++;
        if (entry.lane.ready) {
            readyEntries++;
        }
        append(entry, entry.lane);
        for (Lane lane : entry.otherLanes) {
            append(entry, lane);
        }
    }

    private void append(BatchEntry entry, Lane lane) {
        lane.waiting.add(entry);
        if (entry.immediate) {
            lane.flushUpTo = entry.sequenceNumber();
        }
        if (lane.isIdle() && lane.waiting.size() == 1) {
            markReady(lane);
        } else if (entry.immediate && lane.ready) {
            addToFlushed(lane);
        }
    }

    private List<Lane> otherLanes(BatchEntry entry, @Nullable Lane laneOfCall) {
        Set<Lane> found = new LinkedHashSet<>();
        // first, because the entries of a call usually wait for this one, and are looked at from each of their lanes
        if (laneOfCall != null) {
            found.add(laneOfCall);
        }
        for (PendingEvent event : entry.events()) {
            for (String channel : event.channels) {
                found.add(laneOf(channel));
            }
        }
        found.remove(entry.lane);
        return List.copyOf(found);
    }

    private Lane laneOf(String channel) {
        Lane lane = lanes.get(channel);
        if (lane == null) {
            lane = new Lane(channel);
            lanes.put(channel, lane);
        }
        return lane;
    }

    /**
     * Sends entries without waiting for full batches.
     * @param sequenceNumber the sequence number of the last of these entries
     */
    void flush(long sequenceNumber) {
        flushUpTo = sequenceNumber;
        readyLanes.forEach(this::addToFlushed);
        readyLanes.clear();
    }

    /** Whether {@link #poll} may return a batch. */
    boolean mayHaveBatch() {
        return !flushedLanes.isEmpty() || readyEntries >= batchSize;
    }

    /**
     * Removes the entries of the next batch: a full one, or one with entries that are flushed.
     * @return the batch; null if no batch can be sent now
     */
    @Nullable Batch poll() {
        if (!mayHaveBatch()) {
            return null;
        }
        Batch batch = new Batch();
        fill(batch, flushedLanes);
        fill(batch, readyLanes);
        return batch.size() == 0 ? null : batch;
    }

    private void fill(Batch batch, Deque<Lane> from) {
        while (!isFull(batch) && !from.isEmpty()) {
            Lane lane = from.remove();
            if (from == flushedLanes) {
                lane.listedAsFlushed = false;
            }
            if (!lane.ready) {
                continue;
            }
            unmarkReady(lane);
            while (!isFull(batch) && isHeadOfAllLanes(lane.waiting.peek(), batch)) {
                BatchEntry entry = lane.waiting.element();
                if (entry.exclusive && batch.size() > 0) {
                    break;
                }
                addToBatch(entry, batch);
            }
            // otherwise the lane becomes ready again when its batch, or the entry that it waits for, has gone
            if (lane.isIdle() && isHeadOfAllLanes(lane.waiting.peek(), batch)) {
                lane.ready = true;
                readyEntries += lane.headedEntries;
                from.addFirst(lane);
                lane.listedAsFlushed |= from == flushedLanes;
                return;
            }
        }
    }

    private boolean isFull(Batch batch) {
        return batch.size() == batchSize || (batch.size() > 0 && batch.entries.get(0).exclusive);
    }

    private static boolean isHeadOfAllLanes(@Nullable BatchEntry entry, Batch batch) {
        if (entry == null || !isHead(entry, entry.lane, batch)) {
            return false;
        }
        for (Lane lane : entry.otherLanes) {
            if (!isHead(entry, lane, batch)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHead(BatchEntry entry, Lane lane, Batch batch) {
        return lane.waiting.peek() == entry && lane.admits(batch);
    }

    private void addToBatch(BatchEntry entry, Batch batch) {
        batch.add(entry);
        entry.batch = batch;
        moveToBatch(entry.lane, batch);
        for (Lane lane : entry.otherLanes) {
            moveToBatch(lane, batch);
        }
        entry.lane.headedEntries--;
    }

    private void moveToBatch(Lane lane, Batch batch) {
        unmarkReady(lane);
        if (lane.inFlightBatch == null) {
            lane.inFlightBatch = batch;
            batch.lanes.add(lane);
        }
        lane.waiting.remove();
    }

    /** Ends a batch: its lanes are ready again. */
    void release(Batch batch) {
        for (Lane lane : batch.lanes) {
            lane.inFlightBatch = null;
            headChanged(lane);
        }
    }

    /** Removes an entry that waits. */
    void remove(BatchEntry entry) {
        entry.lane.headedEntries--;
        if (entry.lane.ready) {
            readyEntries--;
        }
        remove(entry, entry.lane);
        for (Lane lane : entry.otherLanes) {
            remove(entry, lane);
        }
    }

    private void remove(BatchEntry entry, Lane lane) {
        lane.waiting.remove(entry);
        headChanged(lane);
    }

    private void headChanged(Lane lane) {
        if (lane.waiting.isEmpty()) {
            unmarkReady(lane);
            if (lane.isIdle() && lane.channel != null) {
                lanes.remove(lane.channel);
            }
        } else if (lane.isIdle() && !lane.ready) {
            markReady(lane);
        }
    }

    /** Whether an entry that waits is sent without waiting for a full batch. */
    boolean isFlushed(BatchEntry entry) {
        return isFlushed(entry, entry.lane);
    }

    private boolean isFlushed(BatchEntry entry, Lane lane) {
        return entry.sequenceNumber() <= Math.max(flushUpTo, lane.flushUpTo);
    }

    private void markReady(Lane lane) {
        lane.ready = true;
        readyEntries += lane.headedEntries;
        if (isFlushed(lane.waiting.element(), lane)) {
            addToFlushed(lane);
        } else {
            readyLanes.add(lane);
        }
    }

    // at most once, because conflated events may renew the first entry of a lane again and again during an outage
    private void addToFlushed(Lane lane) {
        if (!lane.listedAsFlushed) {
            lane.listedAsFlushed = true;
            flushedLanes.add(lane);
        }
    }

    private void unmarkReady(Lane lane) {
        if (lane.ready) {
            lane.ready = false;
            readyEntries -= lane.headedEntries;
        }
    }
}
