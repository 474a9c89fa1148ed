package com.lattestream.core.internal.delivery;

import com.lattestream.core.LatteStreamQueueFullException;
import com.lattestream.core.internal.ClientThread;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How much room the queue has. Who finds none waits, first come first served, but not for long, and not on a thread
 * that would have to make the room. Waiting parks the thread, which a virtual one can do without its carrier.
 * Thread-safe.
 */
final class QueueCapacity {

    private final int maxEvents;

    private final int maxBytes;

    private final Duration maxBlock;

    private final Semaphore events;

    private final Semaphore bytes;

    QueueCapacity(int maxEvents, int maxBytes, Duration maxBlock) {
        this.maxEvents = maxEvents;
        this.maxBytes = maxBytes;
        this.maxBlock = maxBlock;
        this.events = new Semaphore(maxEvents, true);
        this.bytes = new Semaphore(maxBytes, true);
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
                    + " bytes do not fit into the queue, which holds at most " + maxEvents + " events with " + maxBytes
                    + " bytes");
        }
        Duration patience = mayWait && ClientThread.callerMayWait() ? maxBlock : Duration.ZERO;
        try {
            if (!take(count, (int) size, patience)) {
                throw new LatteStreamQueueFullException(full(patience));
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new LatteStreamQueueFullException(full(patience) + "; the wait was interrupted");
        }
    }

    private boolean take(int count, int size, Duration patience) throws InterruptedException {
        long waitUntil = System.nanoTime() + patience.toNanos();
        if (!take(events, count, waitUntil)) {
            return false;
        }
        boolean taken = false;
        try {
            taken = take(bytes, size, waitUntil);
        } finally {
            if (!taken) {
                events.release(count);
            }
        }
        return taken;
    }

    private static boolean take(Semaphore room, int permits, long waitUntil) throws InterruptedException {
        // first without asking whether the thread is interrupted, nor passing by those who wait already
        return (!room.hasQueuedThreads() && room.tryAcquire(permits))
                || room.tryAcquire(permits, waitUntil - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private String full(Duration patience) {
        return "The event was not taken, as the queue had no room for it within " + patience + ": "
                + (maxEvents - events.availablePermits()) + " of at most " + maxEvents + " events, and " + usedBytes()
                + " of at most " + maxBytes + " bytes, have no answer yet";
    }

    void release(int count, int size) {
        bytes.release(size);
        events.release(count);
    }

    int usedBytes() {
        return maxBytes - bytes.availablePermits();
    }
}
