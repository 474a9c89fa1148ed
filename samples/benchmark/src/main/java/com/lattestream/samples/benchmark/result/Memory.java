package com.lattestream.samples.benchmark.result;

/**
 * The heap in use, after a full collection, with many events in the queue.
 *
 * @param events how many events were queued
 * @param before bytes before the first
 * @param full bytes while all of them wait
 * @param drained bytes when all of them were delivered
 */
public record Memory(long events, long before, long full, long drained) {

    /** Returns how many bytes of heap one event takes while it waits. */
    public double bytesPerEvent() {
        return (double) (full - before) / events;
    }
}
