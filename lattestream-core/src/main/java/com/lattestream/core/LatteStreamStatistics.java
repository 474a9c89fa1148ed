package com.lattestream.core;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a client has done since it was made: a snapshot. Every event that was taken is counted by exactly one of
 * {@code queued}, {@code inFlight}, {@code delivered} and {@code failed}; one for more than 100 channels counts once for
 * each request it takes.
 *
 * @param queued events that wait to be sent, now
 * @param queuedBytes the bytes of events whose futures are not complete yet, or nearly so, now
 * @param queueCapacity how many events may wait or be under way at once
 * @param inFlight events that are under way, retries and the waits before them included, now
 * @param delivered events that the service has accepted
 * @param failed events that were taken and not delivered; each was handed to the {@link UndeliveredEventHandler}
 * @param rejected events that were not taken, because the queue was full
 * @param batches requests with events that were put together, each counted once however often it was sent
 * @param retried requests, of all kinds, that were sent once more, counting each time
 * @param split requests with events that the service refused and that were halved, counting each half that was halved
 * again
 * @param circuitBreaker whether the service is asked at all, now
 * @param lastSuccess when the service last did what a request asked for; null for never
 * @param lastFailure what came of the last request that failed, each attempt counting; null for none
 */
public record LatteStreamStatistics(
        long queued,
        long queuedBytes,
        long queueCapacity,
        long inFlight,
        long delivered,
        long failed,
        long rejected,
        long batches,
        long retried,
        long split,
        CircuitBreakerState circuitBreaker,
        @Nullable Instant lastSuccess,
        @Nullable Failure lastFailure) {

    /**
     * A request that failed.
     *
     * @param time when
     * @param reason why
     */
    public record Failure(Instant time, LatteStreamException reason) {}
}
