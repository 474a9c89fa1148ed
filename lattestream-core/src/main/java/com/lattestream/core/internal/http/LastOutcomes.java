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

    /**
     * Creates an empty memory.
     * @param clock tells the time
     */
    public LastOutcomes(Clock clock) {
        this.clock = clock;
    }

    void succeeded() {
        success = clock.instant();
    }

    void failed(LatteStreamException reason) {
        failure = new Failure(clock.instant(), reason);
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
}
