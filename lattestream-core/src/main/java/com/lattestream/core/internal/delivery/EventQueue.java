package com.lattestream.core.internal.delivery;

import com.lattestream.core.internal.wire.EncodedEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is sent next. Each channel has a lane; a batch takes from lanes that no other batch holds, and holds
 * them until its answer, so that events on one channel stay in order while other channels go on beside it. An entry
 * for several channels waits until it is first in all of its lanes. Thread-safe; every call takes a short lock.
 */
final class EventQueue {

    private final ReentrantLock lock = new ReentrantLock();

    private final int batchSize;

    private final int maxInFlight;

    private final Map<String, Lane> lanes = new HashMap<>();

    // lanes that no batch holds and where something waits; first those where it is due
    private final Deque<Lane> dueLanes = new ArrayDeque<>();

    private final Deque<Lane> readyLanes = new ArrayDeque<>();

    private final Set<QueuedEvents> unanswered = new LinkedHashSet<>();

    private final Deque<Flush> flushes = new ArrayDeque<>();

    private int readyEntries;

    private int inFlight;

    private long lastNumber;

    private long dueUpTo;

    private boolean closed;

    /**
     * Creates a queue.
     * @param batchSize how many entries travel together at most
     * @param maxInFlight how many batches may be under way at once
     */
    EventQueue(int batchSize, int maxInFlight) {
        this.batchSize = batchSize;
        this.maxInFlight = maxInFlight;
    }

    /**
     * Adds what belongs to one call.
     * @param parts what to send; several are sent one after the other
     * @param due whether it is sent without waiting for others to travel with
     * @return whether there is a batch to take now
     * @throws IllegalStateException if the queue is closed
     */
    boolean add(List<QueuedEvents> parts, boolean due) {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("The LatteStream client is closed and takes no more events");
            }
            Lane sequence = parts.size() > 1 ? new Lane(null) : null;
            for (QueuedEvents part : parts) {
                add(part, sequence, due);
            }
            return hasNext();
        } finally {
            lock.unlock();
        }
    }

    private void add(QueuedEvents entry, @Nullable Lane sequence, boolean due) {
        entry.number = ++lastNumber;
        entry.lanes = lanesOf(entry, sequence);
        unanswered.add(entry);
        Lane first = entry.lanes.get(0);
        first.counted++;
        if (first.ready) {
            readyEntries++;
        }
        for (Lane lane : entry.lanes) {
            lane.waiting.add(entry);
            if (due) {
                lane.dueUpTo = entry.number;
            }
            if (lane.isFree() && lane.waiting.size() == 1) {
                makeReady(lane);
            } else if (due && lane.ready) {
                dueLanes.add(lane);
            }
        }
    }

    private List<Lane> lanesOf(QueuedEvents entry, @Nullable Lane sequence) {
        List<Lane> found = new ArrayList<>(1);
        for (EncodedEvent event : entry.events) {
            for (String channel : event.channels()) {
                Lane lane = lanes.computeIfAbsent(channel, Lane::new);
                if (entry.events.size() == 1 || !found.contains(lane)) {
                    found.add(lane);
                }
            }
        }
        if (sequence != null) {
            found.add(sequence);
        }
        return found;
    }

    /** Makes everything that waits due. */
    void makeAllDue() {
        lock.lock();
        try {
            dueUpTo = lastNumber;
            dueLanes.addAll(readyLanes);
            readyLanes.clear();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Makes everything that waits due.
     * @return completes when everything added before is {@linkplain #forget forgotten}
     */
    CompletableFuture<@Nullable Void> flush() {
        lock.lock();
        try {
            makeAllDue();
            if (unanswered.isEmpty()) {
                return CompletableFuture.completedFuture(null);
            }
            Flush flush = new Flush(lastNumber, new CompletableFuture<>());
            flushes.add(flush);
            return flush.done;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns what has no answer yet.
     * @return a copy, in order
     */
    List<QueuedEvents> unanswered() {
        lock.lock();
        try {
            return List.copyOf(unanswered);
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing more; what waits becomes due. */
    void close() {
        lock.lock();
        try {
            closed = true;
            makeAllDue();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes the next batch: a full one, or one with something that is due.
     * @return the batch, to be {@linkplain #release released} after its answer; null if nothing is to be sent now
     */
    @Nullable Batch next() {
        lock.lock();
        try {
            if (!hasNext()) {
                return null;
            }
            Batch batch = new Batch();
            fill(batch, dueLanes);
            fill(batch, readyLanes);
            if (batch.size() == 0) {
                return null;
            }
            inFlight++;
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private boolean hasNext() {
        return inFlight < maxInFlight && (!dueLanes.isEmpty() || readyEntries >= batchSize);
    }

    private void fill(Batch batch, Deque<Lane> from) {
        while (!isFull(batch) && !from.isEmpty()) {
            Lane lane = from.remove();
            if (!lane.ready) {
                continue;
            }
            lane.ready = false;
            readyEntries -= lane.counted;
            while (!isFull(batch) && isFirstEverywhere(lane.waiting.peek(), batch)) {
                QueuedEvents entry = lane.waiting.element();
                if (entry.alone && batch.size() > 0) {
                    break;
                }
                take(entry, batch);
            }
            // otherwise the lane comes back when the batch that holds it, or what it waits for, is answered
            if (lane.isFree() && isFirstEverywhere(lane.waiting.peek(), batch)) {
                lane.ready = true;
                readyEntries += lane.counted;
                from.addFirst(lane);
                return;
            }
        }
    }

    private boolean isFull(Batch batch) {
        return batch.size() == batchSize || (batch.size() > 0 && batch.content.get(0).alone);
    }

    private static boolean isFirstEverywhere(@Nullable QueuedEvents entry, Batch batch) {
        if (entry == null) {
            return false;
        }
        for (Lane lane : entry.lanes) {
            if (lane.waiting.peek() != entry || !lane.admits(batch)) {
                return false;
            }
        }
        return true;
    }

    private void take(QueuedEvents entry, Batch batch) {
        batch.content.add(entry);
        for (Lane lane : entry.lanes) {
            if (lane.ready) {
                lane.ready = false;
                readyEntries -= lane.counted;
            }
            if (lane.heldBy == null) {
                lane.heldBy = batch;
                batch.lanes.add(lane);
            }
            lane.waiting.remove();
        }
        entry.lanes.get(0).counted--;
    }

    /**
     * Gives back what a batch held, after its answer.
     * @param batch the batch
     */
    void release(Batch batch) {
        lock.lock();
        try {
            inFlight--;
            for (Lane lane : batch.lanes) {
                lane.heldBy = null;
                if (!lane.waiting.isEmpty()) {
                    makeReady(lane);
                } else if (lane.channel != null) {
                    lanes.remove(lane.channel);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void makeReady(Lane lane) {
        lane.ready = true;
        readyEntries += lane.counted;
        boolean due = lane.waiting.element().number <= Math.max(dueUpTo, lane.dueUpTo);
        (due ? dueLanes : readyLanes).add(lane);
    }

    /**
     * Forgets what has its answer.
     * @param answered entries whose futures are about to complete
     * @return ends the flushes that waited for them; to be run when they are complete
     */
    Runnable forget(List<QueuedEvents> answered) {
        List<Flush> ended = new ArrayList<>();
        lock.lock();
        try {
            answered.forEach(unanswered::remove);
            long oldest = unanswered.isEmpty()
                    ? Long.MAX_VALUE
                    : unanswered.iterator().next().number;
            while (!flushes.isEmpty() && flushes.element().upTo < oldest) {
                ended.add(flushes.remove());
            }
        } finally {
            lock.unlock();
        }
        return () -> ended.forEach(flush -> flush.done.complete(null));
    }

    private record Flush(long upTo, CompletableFuture<@Nullable Void> done) {}
}
