package com.lattestream.core.internal.delivery;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is sent next, and what has become of each event. Each channel has a lane; a batch takes from lanes that
 * no other batch holds, and holds them until its answer, so that events on one channel stay in order while other
 * channels go on beside it. An entry for several channels waits until it is first in all of its lanes. An event is
 * settled once, whoever comes first: the service's answer, the delivery timeout, or closing. Thread-safe.
 *
 * <p>Callers wait for no lock: what they add is put into an inbox, and taken in by whoever holds the lock next, which is
 * the caller if it is free. Every other call takes the lock for a short time, and sees all that was added before.
 */
final class EventQueue {

    // a holder needs a microsecond or two, and parking a thread takes longer
    private static final int SPINS = 200;

    private final ReentrantLock lock = new ReentrantLock();

    private final Queue<Arrival> inbox = new ConcurrentLinkedQueue<>();

    private final int batchSize;

    private final int maxInFlight;

    private final long deliveryTimeout;

    private final LongSupplier nanoTime;

    private final Map<String, Lane> lanes = new HashMap<>();

    // lanes that no batch holds and where something waits; first those where it is due
    private final Deque<Lane> dueLanes = new ArrayDeque<>();

    private final Deque<Lane> readyLanes = new ArrayDeque<>();

    private final Unanswered unanswered = new Unanswered();

    private final Deque<Flush> flushes = new ArrayDeque<>();

    private int readyEntries;

    // read without the lock
    private final AtomicInteger batchesInFlight = new AtomicInteger();

    private long lastNumber;

    private long lastDeadline;

    private long dueUpTo;

    // read without the lock
    private volatile boolean closed;

    private long queued;

    private long inFlight;

    private long delivered;

    private long failed;

    private long batches;

    /**
     * Creates a queue.
     * @param batchSize how many entries travel together at most
     * @param maxInFlight how many batches may be under way at once
     * @param deliveryTimeout after how long an event that is not settled expires
     * @param nanoTime tells the time, as {@link System#nanoTime} does
     */
    EventQueue(int batchSize, int maxInFlight, Duration deliveryTimeout, LongSupplier nanoTime) {
        this.batchSize = batchSize;
        this.maxInFlight = maxInFlight;
        this.deliveryTimeout = deliveryTimeout.toNanos();
        this.nanoTime = nanoTime;
    }

    /**
     * Adds what belongs to one call.
     * @param parts what to send; several are sent one after the other
     * @param due whether it is sent without waiting for others to travel with
     * @return whether there may be a batch to take now
     * @throws IllegalStateException if the queue is closed
     */
    boolean add(List<QueuedEvents> parts, boolean due) {
        Arrival arrival = new Arrival(parts, due, nanoTime.getAsLong() + deliveryTimeout);
        if (!closed) {
            inbox.add(arrival);
        }
        if (closed) {
            // meanwhile perhaps: then whoever has closed the queue has taken it in, or has not
            requireTaken(arrival);
        }
        if (!lock.tryLock()) {
            // who holds the lock may have looked into the inbox already, but whoever ends a batch does it afterwards
            return batchesInFlight.get() < maxInFlight;
        }
        try {
            takeIn();
            return canSend();
        } finally {
            lock.unlock();
        }
    }

    private void requireTaken(Arrival arrival) {
        lock();
        try {
            if (!arrival.taken) {
                throw new IllegalStateException("The LatteStream client is closed and takes no more events");
            }
        } finally {
            lock.unlock();
        }
    }

    private void lock() {
        for (int i = 0; i < SPINS; i++) {
            if (lock.tryLock()) {
                takeIn();
                return;
            }
            Thread.onSpinWait();
        }
        lock.lock();
        takeIn();
    }

    private void takeIn() {
        Arrival arrival = closed ? null : inbox.poll();
        while (arrival != null) {
            take(arrival);
            arrival = inbox.poll();
        }
    }

    private void take(Arrival arrival) {
        arrival.taken = true;
        // callers that overtake each other on their way here are not worth an order of deadlines of its own
        if (lastNumber == 0 || arrival.deadline - lastDeadline > 0) {
            lastDeadline = arrival.deadline;
        }
        Lane sequence = arrival.parts.size() > 1 ? new Lane(null) : null;
        for (QueuedEvents part : arrival.parts) {
            for (PendingEvent event : part.events()) {
                event.number = ++lastNumber;
                event.deadline = lastDeadline;
                unanswered.add(event);
            }
            queued += part.count;
            add(part, sequence, arrival.due);
        }
    }

    private void add(QueuedEvents entry, @Nullable Lane sequence, boolean due) {
        entry.lane = laneOf(entry.first.channels.get(0));
        if (entry.count > 1 || entry.first.channels.size() > 1 || sequence != null) {
            entry.otherLanes = otherLanes(entry, sequence);
        }
        entry.lane.leads++;
        if (entry.lane.ready) {
            readyEntries++;
        }
        queue(entry, entry.lane, due);
        for (Lane lane : entry.otherLanes) {
            queue(entry, lane, due);
        }
    }

    private void queue(QueuedEvents entry, Lane lane, boolean due) {
        lane.waiting.add(entry);
        if (due) {
            lane.dueUpTo = entry.number();
        }
        if (lane.isFree() && lane.waiting.size() == 1) {
            makeReady(lane);
        } else if (due && lane.ready) {
            dueLanes.add(lane);
        }
    }

    private List<Lane> otherLanes(QueuedEvents entry, @Nullable Lane sequence) {
        Set<Lane> found = new LinkedHashSet<>();
        // it comes first, as it is what the parts of a call wait for as a rule, and they are seen from each of their
        // lanes
        if (sequence != null) {
            found.add(sequence);
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
        return lanes.computeIfAbsent(channel, Lane::new);
    }

    /** Makes everything that waits due. */
    void makeAllDue() {
        lock();
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
        lock();
        try {
            makeAllDue();
            if (unanswered.first() == null) {
                return CompletableFuture.completedFuture(null);
            }
            Flush flush = new Flush(lastNumber, new CompletableFuture<>());
            flushes.add(flush);
            return flush.done;
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing more; what waits becomes due. */
    void close() {
        lock();
        try {
            closed = true;
            // who has not seen that has relied on being taken
            inbox.forEach(this::take);
            inbox.clear();
            makeAllDue();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Tells whether there is something to send.
     * @return whether {@link #next} may have a batch
     */
    boolean hasNext() {
        lock();
        try {
            return canSend();
        } finally {
            lock.unlock();
        }
    }

    private boolean canSend() {
        return batchesInFlight.get() < maxInFlight && (!dueLanes.isEmpty() || readyEntries >= batchSize);
    }

    /**
     * Takes the next batch: a full one, or one with something that is due.
     * @return the batch, to be {@linkplain #release released} after its answer; null if nothing is to be sent now
     */
    @Nullable Batch next() {
        lock();
        try {
            if (!canSend()) {
                return null;
            }
            Batch batch = new Batch();
            fill(batch, dueLanes);
            fill(batch, readyLanes);
            if (batch.size() == 0) {
                return null;
            }
            batches++;
            batchesInFlight.incrementAndGet();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void fill(Batch batch, Deque<Lane> from) {
        while (!isFull(batch) && !from.isEmpty()) {
            Lane lane = from.remove();
            if (!lane.ready) {
                continue;
            }
            makeUnready(lane);
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
                readyEntries += lane.leads;
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
        if (!isFirst(entry, entry.lane, batch)) {
            return false;
        }
        for (Lane lane : entry.otherLanes) {
            if (!isFirst(entry, lane, batch)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isFirst(QueuedEvents entry, Lane lane, Batch batch) {
        return lane.waiting.peek() == entry && lane.admits(batch);
    }

    private void take(QueuedEvents entry, Batch batch) {
        batch.content.add(entry);
        entry.batch = batch;
        queued -= entry.count;
        inFlight += entry.count;
        hold(entry.lane, batch);
        for (Lane lane : entry.otherLanes) {
            hold(lane, batch);
        }
        entry.lane.leads--;
    }

    private void hold(Lane lane, Batch batch) {
        makeUnready(lane);
        if (lane.heldBy == null) {
            lane.heldBy = batch;
            batch.lanes.add(lane);
        }
        lane.waiting.remove();
    }

    /**
     * Begins an attempt.
     * @param batch what it is part of
     * @param events what to send
     * @return those of them that are neither settled nor about to expire
     */
    List<PendingEvent> beginAttempt(Batch batch, List<PendingEvent> events) {
        lock();
        try {
            long now = nanoTime.getAsLong();
            List<PendingEvent> left = new ArrayList<>(events.size());
            for (PendingEvent event : events) {
                if (!event.settled && event.deadline - now > 0) {
                    left.add(event);
                }
            }
            batch.exchanging = !left.isEmpty();
            return left;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends an attempt.
     * @param batch what it was part of
     * @param failure why it failed; null if it did not, or was not made
     * @param ambiguous whether it is not known what became of it
     */
    void endAttempt(Batch batch, @Nullable Throwable failure, boolean ambiguous) {
        if (failure != null) {
            batch.lastFailure = failure;
        }
        if (ambiguous) {
            batch.ambiguous = true;
        }
        batch.exchanging = false;
    }

    /**
     * Gives back what a batch held, after its answer.
     * @param batch the batch
     */
    void release(Batch batch) {
        lock();
        try {
            batchesInFlight.decrementAndGet();
            for (Lane lane : batch.lanes) {
                lane.heldBy = null;
                refresh(lane);
            }
        } finally {
            lock.unlock();
        }
    }

    // after something has changed at its head
    private void refresh(Lane lane) {
        if (lane.waiting.isEmpty()) {
            makeUnready(lane);
            if (lane.isFree() && lane.channel != null) {
                lanes.remove(lane.channel);
            }
        } else if (lane.isFree() && !lane.ready) {
            makeReady(lane);
        }
    }

    private void makeReady(Lane lane) {
        lane.ready = true;
        readyEntries += lane.leads;
        boolean due = lane.waiting.element().number() <= Math.max(dueUpTo, lane.dueUpTo);
        (due ? dueLanes : readyLanes).add(lane);
    }

    private void makeUnready(Lane lane) {
        if (lane.ready) {
            lane.ready = false;
            readyEntries -= lane.leads;
        }
    }

    /**
     * Settles what has become of events.
     * @param events some events; those that are settled already are left as they are
     * @param accepted whether they are delivered, or have failed
     * @return those that were settled by this call, whose futures are to be completed, and that are then to be
     * {@linkplain #forget forgotten}
     */
    List<PendingEvent> settle(List<PendingEvent> events, boolean accepted) {
        lock();
        try {
            List<PendingEvent> settled = new ArrayList<>(events.size());
            for (PendingEvent event : events) {
                if (!event.settled) {
                    event.settled = true;
                    settled.add(event);
                    if (event.entry.batch == null) {
                        queued--;
                        discard(event.entry);
                    } else {
                        inFlight--;
                    }
                }
            }
            if (accepted) {
                delivered += settled.size();
            } else {
                failed += settled.size();
            }
            return settled;
        } finally {
            lock.unlock();
        }
    }

    // what is settled before it was sent is not sent any more
    private void discard(QueuedEvents entry) {
        for (PendingEvent event : entry.events()) {
            if (!event.settled) {
                return;
            }
        }
        entry.lane.leads--;
        if (entry.lane.ready) {
            readyEntries--;
        }
        discard(entry, entry.lane);
        for (Lane lane : entry.otherLanes) {
            discard(entry, lane);
        }
    }

    private void discard(QueuedEvents entry, Lane lane) {
        lane.waiting.remove(entry);
        refresh(lane);
    }

    /** Settles, as failed, what has not been settled by its deadline. */
    List<PendingEvent> expire() {
        lock();
        try {
            long now = nanoTime.getAsLong();
            List<PendingEvent> late = unanswered.allUntilNot(event -> event.deadline - now <= 0);
            return settle(late, false);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Tells when {@link #expire} has something to do next.
     * @return in how many nanoseconds; nothing if nothing waits
     */
    OptionalLong nextDeadline() {
        lock();
        try {
            PendingEvent event = unanswered.first(waiting -> !waiting.settled);
            return event == null ? OptionalLong.empty() : OptionalLong.of(timeLeft(event));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns the time until the first of some events expires.
     * @param events the events of a request
     * @return nanoseconds; 0 if all are settled
     */
    long timeLeft(List<PendingEvent> events) {
        lock();
        try {
            return events.stream()
                    .filter(event -> !event.settled)
                    .mapToLong(this::timeLeft)
                    .min()
                    .orElse(0);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Tells how long ago an event was added.
     * @param event an event of this queue
     * @return nanoseconds
     */
    long age(PendingEvent event) {
        return deliveryTimeout - (event.deadline - nanoTime.getAsLong());
    }

    private long timeLeft(PendingEvent event) {
        return Math.max(0, event.deadline - nanoTime.getAsLong());
    }

    /**
     * Settles, as failed, what has not been settled.
     * @return that
     */
    List<PendingEvent> failAll() {
        return settleUnanswered(event -> true);
    }

    /**
     * Settles, as failed, what is not with the service just now.
     * @return that
     */
    List<PendingEvent> failIdle() {
        return settleUnanswered(event -> event.entry.batch == null || !event.entry.batch.exchanging);
    }

    private List<PendingEvent> settleUnanswered(Predicate<PendingEvent> which) {
        lock();
        try {
            return settle(unanswered.all(which), false);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Forgets what is settled and whose futures are complete.
     * @param answered events that were settled
     * @return ends the flushes that waited for them
     */
    Runnable forget(List<PendingEvent> answered) {
        List<Flush> ended = new ArrayList<>();
        lock();
        try {
            for (PendingEvent event : answered) {
                if (event.result.isDone()) {
                    unanswered.remove(event);
                }
            }
            PendingEvent oldest = unanswered.first();
            while (!flushes.isEmpty() && (oldest == null || flushes.element().upTo < oldest.number)) {
                ended.add(flushes.remove());
            }
        } finally {
            lock.unlock();
        }
        return () -> ended.forEach(flush -> flush.done.complete(null));
    }

    /** Returns the number of events that are queued or being sent. */
    long waiting() {
        Counts counts = counts();
        return counts.queued() + counts.inFlight();
    }

    /** Counts the events, consistently. */
    Counts counts() {
        lock();
        try {
            return new Counts(queued, inFlight, delivered, failed, batches);
        } finally {
            lock.unlock();
        }
    }

    record Counts(long queued, long inFlight, long delivered, long failed, long batches) {}

    /** What one call adds. */
    private static final class Arrival {

        private final List<QueuedEvents> parts;

        private final boolean due;

        private final long deadline;

        // guarded by the lock
        private boolean taken;

        private Arrival(List<QueuedEvents> parts, boolean due, long deadline) {
            this.parts = parts;
            this.due = due;
            this.deadline = deadline;
        }
    }

    private record Flush(long upTo, CompletableFuture<@Nullable Void> done) {}
}
