package com.lattestream.samples.benchmark.contestant;

import java.time.Duration;

/** A client that sends events as fast as possible. */
public interface Contestant extends AutoCloseable {

    /**
     * Sends events for a while, and waits for the responses.
     * @param duration the time during which new events are sent
     * @return the number of events and requests that the sink has accepted, and the time
     * @throws IllegalStateException if an event was not accepted
     */
    Work work(Duration duration) throws Exception;

    @Override
    void close();

    /** The accepted events and requests, and the time in nanoseconds. */
    record Work(long events, long requests, long nanos) {}
}
