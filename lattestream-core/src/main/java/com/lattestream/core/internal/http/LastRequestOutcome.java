package com.lattestream.core.internal.http;

import com.lattestream.core.LatteStreamException;
import com.lattestream.core.LatteStreamStatistics.Failure;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Records the outcomes of the last exchanges. Thread-safe. */
public final class LastRequestOutcome {

    private final Clock clock;

    private volatile @Nullable Instant success;

    private volatile @Nullable Failure failure;

    private volatile @Nullable Instant failingSince;

    /**
     * Creates an instance without outcomes.
     * @param clock returns the times of outcomes
     */
    public LastRequestOutcome(Clock clock) {
        this.clock = clock;
    }

    void succeeded() {
        success = clock.instant();
        failingSince = null;
    }

    void failed(LatteStreamException reason) {
        Failure last = new Failure(clock.instant(), reason);
        failure = last;
        if (last.isRejection()) {
            failingSince = null;
        } else if (failingSince == null) {
            failingSince = last.time();
        }
    }

    /**
     * Returns the time of the last success.
     * @return the time; null if no exchange has succeeded
     */
    public @Nullable Instant success() {
        return success;
    }

    /**
     * Returns the last failure.
     * @return its time and reason; null if no exchange has failed
     */
    public @Nullable Failure failure() {
        return failure;
    }

    /**
     * Returns the start of the current series of failures.
     * @return the time of the first failure after the last success or rejection; null if there is none
     */
    public @Nullable Instant failingSince() {
        return failingSince;
    }
}
