package com.lattestream.core.internal.http;

import com.lattestream.core.LatteStreamException;
import com.lattestream.core.LatteStreamStatistics.Failure;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Remembers how the last exchanges ended. Thread-safe. */
public final class LastOutcomes {

    private final Clock clock;

    private volatile @Nullable Instant success;

    private volatile @Nullable Failure failure;

    private volatile @Nullable Instant failingSince;

    /**
     * Creates an empty memory.
     * @param clock tells the time
     */
    public LastOutcomes(Clock clock) {
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
     * Returns when an exchange last succeeded.
     * @return the time; null for never
     */
    public @Nullable Instant success() {
        return success;
    }

    /**
     * Returns which exchange failed last.
     * @return when and why; null for none
     */
    public @Nullable Failure failure() {
        return failure;
    }

    /**
     * Returns since when exchanges have failed.
     * @return the time of the first failure after the last success or rejection; null if there is none
     */
    public @Nullable Instant failingSince() {
        return failingSince;
    }
}
