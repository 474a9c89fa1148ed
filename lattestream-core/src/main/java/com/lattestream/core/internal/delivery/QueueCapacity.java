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

    private static final long CHECK_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private static final long MAX_PASSING_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final int BITS = Integer.SIZE;

    private final int maxEvents;

    private final int maxBytes;

    private final Duration maxBlock;

    /** Events in the upper half, bytes in the lower half, so that both are reserved atomically. */
    private final AtomicLong used = new AtomicLong();

    private final ReentrantLock lock = new ReentrantLock();

    private final Deque<Condition> waiting = new ArrayDeque<>();

    // both are read without the lock
    private volatile boolean hasWaiting;

    private volatile boolean mustQueueUp;

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
        long capacity = capacity(count, (int) size);
        if (tryReserve(count, size)) {
            return;
        }
        Duration maxWait = mayWait && CurrentThread.isBlockingAllowed() ? maxBlock : Duration.ZERO;
        try {
            if (maxWait.isZero() || !await(capacity, maxWait.toNanos())) {
                throw new LatteStreamQueueFullException(full(maxWait));
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new LatteStreamQueueFullException(full(maxWait) + "; the wait was interrupted");
        }
    }

    /**
     * Reserves capacity if it is available and no caller has waited for it for long.
     * @param count the number of events
     * @param size the number of bytes
     * @return whether the capacity is reserved
     */
    boolean tryReserve(int count, long size) {
        return size <= maxBytes && !mustQueueUp && tryReserve(capacity(count, (int) size));
    }

    /**
     * Changes the number of bytes of an event.
     * @param from the number of bytes that are reserved
     * @param to the number of bytes that are required
     * @return false if more bytes are required and not available
     */
    boolean tryResize(int from, int to) {
        if (to > from) {
            return tryReserve(capacity(0, to - from));
        }
        release(0, from - to);
        return true;
    }

    private boolean tryReserve(long capacity) {
        long before = used.get();
        while ((long) events(before) + events(capacity) <= maxEvents
                && (long) bytes(before) + bytes(capacity) <= maxBytes) {
            if (used.compareAndSet(before, before + capacity)) {
                return true;
            }
            before = used.get();
        }
        return false;
    }

    private boolean await(long capacity, long maxWait) throws InterruptedException {
        long started = System.nanoTime();
        lock.lockInterruptibly();
        try {
            Condition condition = lock.newCondition();
            waiting.add(condition);
            hasWaiting = true;
            try {
                while (waiting.element() != condition || !tryReserve(capacity)) {
                    long waited = System.nanoTime() - started;
                    if (waited >= maxWait) {
                        return false;
                    }
                    mustQueueUp |= waited >= Math.min(MAX_PASSING_NANOS, maxWait / 4);
                    condition.awaitNanos(
                            waiting.element() == condition
                                    ? Math.min(maxWait - waited, CHECK_INTERVAL_NANOS)
                                    : maxWait - waited);
                }
                return true;
            } finally {
                waiting.remove(condition);
                hasWaiting = !waiting.isEmpty();
                // the next caller sets this again if it has waited for long as well
                mustQueueUp = false;
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
        long left = used.addAndGet(-capacity(count, size));
        if (hasWaiting && events(left) <= maxEvents - maxEvents / 8 && bytes(left) <= maxBytes - maxBytes / 8) {
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

    private String full(Duration maxWait) {
        long now = used.get();
        return "The event was not accepted because the queue had no room for it within " + maxWait + ": " + events(now)
                + " of at most " + maxEvents + " events, and " + bytes(now) + " of at most " + maxBytes
                + " bytes, are not delivered yet";
    }

    private static long capacity(int count, int size) {
        return ((long) count << BITS) + size;
    }

    private static int events(long capacity) {
        return (int) (capacity >>> BITS);
    }

    private static int bytes(long capacity) {
        return (int) capacity;
    }
}
