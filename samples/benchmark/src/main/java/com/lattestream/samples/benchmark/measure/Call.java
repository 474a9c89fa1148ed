package com.lattestream.samples.benchmark.measure;

import java.util.concurrent.CompletionStage;

/** A call to be timed, which can be made many times at once. */
public interface Call extends AutoCloseable {

    /**
     * Makes the call.
     * @param number a number that no other call is given
     * @return completes when the sink has answered; fails if it has not accepted the call
     */
    CompletionStage<?> make(int number);

    @Override
    void close();
}
