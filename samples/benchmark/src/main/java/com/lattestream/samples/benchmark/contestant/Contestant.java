package com.lattestream.samples.benchmark.contestant;

import java.time.Duration;

/** Somebody who sends events as fast as he can. */
public interface Contestant extends AutoCloseable {

    /**
     * Sends for a while, and waits for the answers to what was sent.
     * @param duration for how long new events are sent
     * @return how many events and requests the sink has accepted, and in which time
     * @throws IllegalStateException if one was not accepted
     */
    Work work(Duration duration) throws Exception;

    @Override
    void close();

    /** What was done. */
    record Work(long events, long requests, long nanos) {}
}
