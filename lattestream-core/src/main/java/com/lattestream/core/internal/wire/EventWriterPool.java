package com.lattestream.core.internal.wire;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A pool of idle writers: at most a few for each processor. A thread prefers the same slot of the pool, so threads on
 * different processors rarely contend for one. Works with virtual threads, and retains no references to threads.
 * Thread-safe.
 */
final class EventWriterPool {

    private static final int MIN_PLACES = 8;

    private static final int MAX_PLACES = 64;

    // the references between two slots fill a cache line
    private static final int DISTANCE = 32;

    private final JsonMapper dataMapper;

    private final int mask;

    private final AtomicReferenceArray<@Nullable EventWriter> idle;

    EventWriterPool(JsonMapper dataMapper) {
        this.dataMapper = dataMapper;
        int wanted = Math.min(MAX_PLACES, 4 * Runtime.getRuntime().availableProcessors());
        int places = Math.max(MIN_PLACES, Integer.highestOneBit(wanted));
        this.mask = places - 1;
        this.idle = new AtomicReferenceArray<>(places * DISTANCE);
    }

    /** Returns a writer that no other thread uses. */
    EventWriter acquire() {
        EventWriter writer = idle.getAndSet(place(), null);
        return writer != null ? writer : new EventWriter(dataMapper);
    }

    /** Returns a writer to the pool after use. */
    void release(EventWriter writer) {
        if (writer.isReusable()) {
            idle.set(place(), writer);
        }
    }

    private int place() {
        long id = Thread.currentThread().getId();
        return ((int) (id ^ (id >>> 16)) & mask) * DISTANCE;
    }
}
