package com.lattestream.core;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
 * @param circuitBreaker the state of the circuit breakers, now: open if at least one is open, otherwise half-open if at
 * least one is half-open
 * @param lastSuccess when the service last did what a request asked for; null for never
 * @param lastFailure what came of the last request that failed, each attempt counting; null for none
 * @param requests the requests of each kind; empty for a client that sends none
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
        @Nullable Failure lastFailure,
        Map<RequestKind, Requests> requests) {

    /**
     * Creates a snapshot, with an unmodifiable copy of the map.
     * @param queued events that wait to be sent
     * @param queuedBytes the bytes of events whose futures are not complete
     * @param queueCapacity the maximum number of events that wait or are being sent
     * @param inFlight events that are being sent
     * @param delivered events that the service has accepted
     * @param failed events that were not delivered
     * @param rejected events that were not taken
     * @param batches requests with events
     * @param retried requests that were sent again
     * @param split requests that were halved
     * @param circuitBreaker the state of the circuit breakers
     * @param lastSuccess the time of the last success; null for none
     * @param lastFailure the last failure; null for none
     * @param requests the requests of each kind; copied
     */
    public LatteStreamStatistics {
        requests = Map.copyOf(requests);
    }

    /**
     * Returns the same snapshot with the requests of each kind.
     * @param byKind the requests; their circuit breakers determine {@link #circuitBreaker()}
     * @return a new snapshot
     */
    LatteStreamStatistics withRequests(Map<RequestKind, Requests> byKind) {
        return new LatteStreamStatistics(
                queued,
                queuedBytes,
                queueCapacity,
                inFlight,
                delivered,
                failed,
                rejected,
                batches,
                retried,
                split,
                combined(byKind),
                lastSuccess,
                lastFailure,
                byKind);
    }

    private static CircuitBreakerState combined(Map<RequestKind, Requests> byKind) {
        Set<CircuitBreakerState> states =
                byKind.values().stream().map(Requests::circuitBreaker).collect(Collectors.toSet());
        return Stream.of(CircuitBreakerState.OPEN, CircuitBreakerState.HALF_OPEN, CircuitBreakerState.CLOSED)
                .filter(states::contains)
                .findFirst()
                .orElse(CircuitBreakerState.DISABLED);
    }

    /**
     * The requests of one kind.
     *
     * @param circuitBreaker the state of the circuit breaker of this kind, now
     * @param running requests that have a connection, now
     * @param waiting requests that wait for a connection, now
     * @param lastSuccess when a request of this kind last succeeded; null for never
     * @param lastFailure the last request of this kind that failed, each attempt counting; null for none
     * @param failingSince the time of the first attempt that has failed since the last one that succeeded; null if none
     * has. A {@linkplain Failure#isRejection() rejection} is a response of a service that works, and counts as a success
     */
    public record Requests(
            CircuitBreakerState circuitBreaker,
            int running,
            int waiting,
            @Nullable Instant lastSuccess,
            @Nullable Failure lastFailure,
            @Nullable Instant failingSince) {}

    /**
     * A request that failed.
     *
     * @param time when
     * @param reason why
     */
    public record Failure(Instant time, LatteStreamException reason) {

        // of what one request contains, and not of the application
        private static final Set<Integer> REJECTIONS = Set.of(400, 413, 422);

        /**
         * Returns whether the service works, and has rejected the content of this request.
         * @return true for the statuses 400, 413 and 422
         */
        public boolean isRejection() {
            return reason instanceof LatteStreamApiException response && REJECTIONS.contains(response.status());
        }
    }
}
