package com.lattestream.core;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of a client's counters since its creation. Every event that was accepted is counted by exactly one of
 * {@code queued}, {@code inFlight}, {@code delivered} and {@code failed}; an event for more than 100 channels is
 * counted once for each of its requests.
 *
 * @param queued events that currently wait to be sent
 * @param queuedBytes the approximate size, in bytes, of the events whose futures are not complete yet
 * @param queueCapacity the maximum number of events that wait or are being sent
 * @param inFlight events that are currently being sent, including retries and the waits before them
 * @param delivered events that the service has accepted
 * @param failed events that were accepted and not delivered; each was passed to the {@link UndeliveredEventHandler}
 * @param superseded events that a newer {@linkplain Event#conflated() conflated} event has replaced before they were
 * delivered
 * @param rejected events that were not accepted, because the queue was full
 * @param batches requests with events; retries of a request are not counted
 * @param retried retries of requests of all kinds
 * @param split requests with events that the service rejected and that were split in half, including halves that were
 * split again
 * @param circuitBreaker the current state of the circuit breakers: open if at least one is open, otherwise half-open if
 * at least one is half-open
 * @param lastSuccess the time of the last successful request; null for none
 * @param lastFailure the last failed attempt of a request; null for none
 * @param requests the requests of each kind; empty for a client that sends none
 */
public record LatteStreamStatistics(
        long queued,
        long queuedBytes,
        long queueCapacity,
        long inFlight,
        long delivered,
        long failed,
        long superseded,
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
     * @param superseded events that a newer event has replaced
     * @param rejected events that were not accepted
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
                superseded,
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
     * @param circuitBreaker the state of the circuit breaker of this kind
     * @param running requests that currently have a connection
     * @param waiting requests that currently wait for a connection
     * @param lastSuccess the time of the last successful request of this kind; null for none
     * @param lastFailure the last failed attempt of a request of this kind; null for none
     * @param failingSince the time of the first attempt that has failed since the last one that succeeded; null if none
     * has. A {@linkplain Failure#isRejection() rejection} is a response of a service that works, and counts as a
     * success
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
     * @param time the time of the failure
     * @param reason the reason of the failure
     */
    public record Failure(Instant time, LatteStreamException reason) {

        /**
         * Returns whether the service works, and has rejected the content of this request.
         * @return true for the statuses 400, 413 and 422
         */
        public boolean isRejection() {
            return reason instanceof LatteStreamApiException response && response.isInvalidRequest();
        }
    }
}
