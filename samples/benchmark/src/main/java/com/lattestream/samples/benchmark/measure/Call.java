package com.lattestream.samples.benchmark.measure;

import java.util.concurrent.CompletionStage;

/** A call to be timed, which may run concurrently. */
public interface Call extends AutoCloseable {

    /**
     * Starts the call.
     * @param number a number that no other call has
     * @return completes when the sink has responded; fails if it has not accepted the call
     */
    CompletionStage<?> make(int number);

    @Override
    void close();
}
