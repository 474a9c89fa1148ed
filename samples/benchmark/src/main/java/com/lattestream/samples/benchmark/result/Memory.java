package com.lattestream.samples.benchmark.result;

/**
 * The heap in use, after a full garbage collection, with many events in the queue.
 *
 * @param events the number of events
 * @param before bytes before the first event
 * @param full bytes while all events wait
 * @param drained bytes when all events are delivered
 */
public record Memory(long events, long before, long full, long drained) {

    /** Returns the number of bytes that one waiting event uses. */
    public double bytesPerEvent() {
        return (double) (full - before) / events;
    }
}
