package com.lattestream.core.internal.delivery;

import com.lattestream.core.LatteStreamQueueFullException;
import com.lattestream.core.internal.CurrentThread;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Limits the number of events and bytes in the queue. Callers wait while the queue is full, in approximately FIFO order
 * and at most for {@code maxBlock}. Threads of the client and event loops never wait. Waiting parks the thread, so a
 * virtual thread releases its carrier. Thread-safe.
 *
 * <p>While the queue has capacity, a reservation takes one atomic operation and no lock. A thread switch for each
 * delivered event would cost more than sending it, so the first waiting caller is woken when an eighth of the capacity
 * is free. It also checks the capacity every few milliseconds, because less than an eighth may be sufficient. New
 * callers may reserve capacity before waiting ones, until a caller has waited for ten milliseconds, or for
 * a quarter of {@code maxBlock} if that is shorter.
 */
final class QueueCapacity {

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private static final long PASSING_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final int BITS = Integer.SIZE;

    private final int maxEvents;

    private final int maxBytes;

    private final Duration maxBlock;

    /** Events in the upper half, bytes in the lower half, so that both are reserved atomically. */
    private final AtomicLong used = new AtomicLong();

    private final ReentrantLock lock = new ReentrantLock();

    private final Deque<Condition> waiting = new ArrayDeque<>();

    // both are read without the lock
    private volatile boolean anyoneWaits;

    private volatile boolean nobodyPasses;

    QueueCapacity(int maxEvents, int maxBytes, Duration maxBlock) {
        this.maxEvents = maxEvents;
        this.maxBytes = maxBytes;
        this.maxBlock = maxBlock;
    }

    /**
     * Reserves capacity, and waits until it is available if necessary.
     * @param count the number of events
     * @param size the number of bytes
     * @param mayWait whether to wait while the queue is full
     * @throws IllegalArgumentException if the limits of the queue are lower than the requested capacity
     * @throws LatteStreamQueueFullException if no capacity becomes available in time
     */
    void reserve(int count, long size, boolean mayWait) {
        if (count > maxEvents || size > maxBytes) {
            throw new IllegalArgumentException(count + " event(s) with " + size
                    + " bytes exceed the queue, which holds at most " + maxEvents
                    + " events (lattestream.batching.max-queued-events) with " + maxBytes
                    + " bytes (lattestream.batching.max-queued-bytes). None was accepted. Trigger them in smaller"
                    + " portions, or increase the limit");
        }
        long room = room(count, (int) size);
        if (!nobodyPasses && take(room)) {
            return;
        }
        Duration patience = mayWait && CurrentThread.isBlockingAllowed() ? maxBlock : Duration.ZERO;
        try {
            if (patience.isZero() || !await(room, patience.toNanos())) {
                throw new LatteStreamQueueFullException(full(patience));
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new LatteStreamQueueFullException(full(patience) + "; the wait was interrupted");
        }
    }

    private boolean take(long room) {
        long before = used.get();
        while ((long) events(before) + events(room) <= maxEvents && (long) bytes(before) + bytes(room) <= maxBytes) {
            if (used.compareAndSet(before, before + room)) {
                return true;
            }
            before = used.get();
        }
        return false;
    }

    private boolean await(long room, long patience) throws InterruptedException {
        long began = System.nanoTime();
        lock.lockInterruptibly();
        try {
            Condition turn = lock.newCondition();
            waiting.add(turn);
            anyoneWaits = true;
            try {
                while (waiting.element() != turn || !take(room)) {
                    long waited = System.nanoTime() - began;
                    if (waited >= patience) {
                        return false;
                    }
                    nobodyPasses |= waited >= Math.min(PASSING_NANOS, patience / 4);
                    turn.awaitNanos(
                            waiting.element() == turn ? Math.min(patience - waited, LOOK_NANOS) : patience - waited);
                }
                return true;
            } finally {
                waiting.remove(turn);
                anyoneWaits = !waiting.isEmpty();
                // the next caller sets this again if it has waited for long as well
                nobodyPasses = false;
                wakeFirst();
            }
        } finally {
            lock.unlock();
        }
    }

    private void wakeFirst() {
        Condition first = waiting.peek();
        if (first != null) {
            first.signal();
        }
    }

    void release(int count, int size) {
        long left = used.addAndGet(-room(count, size));
        if (anyoneWaits && events(left) <= maxEvents - maxEvents / 8 && bytes(left) <= maxBytes - maxBytes / 8) {
            // otherwise the first waiting caller checks the capacity within milliseconds
            if (lock.tryLock()) {
                try {
                    wakeFirst();
                } finally {
                    lock.unlock();
                }
            }
        }
    }

    int usedBytes() {
        return bytes(used.get());
    }

    private String full(Duration patience) {
        long now = used.get();
        return "The event was not accepted because the queue had no room for it within " + patience + ": " + events(now)
                + " of at most " + maxEvents + " events, and " + bytes(now) + " of at most " + maxBytes
                + " bytes, are not delivered yet";
    }

    private static long room(int count, int size) {
        return ((long) count << BITS) + size;
    }

    private static int events(long room) {
        return (int) (room >>> BITS);
    }

    private static int bytes(long room) {
        return (int) room;
    }
}
