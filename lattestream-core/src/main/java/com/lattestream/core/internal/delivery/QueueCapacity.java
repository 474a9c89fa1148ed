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
 * How much room the queue has. Who finds none waits, first come first served, but not for long, and not on a thread
 * that would have to make the room. Waiting parks the thread, which a virtual one can do without its carrier.
 * Thread-safe.
 *
 * <p>While there is room, it takes one atomic addition and no lock. Changing threads for each event that has gone would
 * cost more than sending it, so those who wait are woken when an eighth of the room is free, and look for themselves
 * every few milliseconds, so that they need not wait for that much; and others pass by them, but for a moment only.
 */
final class QueueCapacity {

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private static final long PASSING_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final int BITS = Integer.SIZE;

    private final int maxEvents;

    private final int maxBytes;

    private final Duration maxBlock;

    /** Events in the upper half, bytes in the lower one: both are taken at once. */
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
     * Takes room, waiting for it if need be.
     * @param count for how many events
     * @param size for how many bytes
     * @param mayWait whether to wait where there is none
     * @throws IllegalArgumentException if that is more than there will ever be
     * @throws LatteStreamQueueFullException if there is none in time
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
                // the next says so himself, if he has waited for long as well
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
            // whoever holds the lock looks for himself before long
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
