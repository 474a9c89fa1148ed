package com.lattestream.spring.boot.actuate;

import com.lattestream.core.CircuitBreakerState;
import com.lattestream.core.LatteStreamStatistics;
import com.lattestream.core.RequestKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of the requests of one kind.
 *
 * @param name the name of the kind, or null if the client does not distinguish kinds
 * @param circuitBreaker the state of the circuit breaker
 * @param retrying whether the client keeps sending requests by itself, because events wait
 * @param lastSuccess the time of the last success; null for none
 * @param lastFailure the last failure; null for none
 * @param failingSince the time of the first failure since the last success; null for none
 */
record RequestKindHealth(
        @Nullable String name,
        CircuitBreakerState circuitBreaker,
        boolean retrying,
        @Nullable Instant lastSuccess,
        LatteStreamStatistics.@Nullable Failure lastFailure,
        @Nullable Instant failingSince) {

    static List<RequestKindHealth> of(LatteStreamStatistics statistics) {
        boolean eventsWait = statistics.queued() + statistics.inFlight() > 0;
        if (statistics.requests().isEmpty()) {
            return List.of(undivided(statistics, eventsWait));
        }
        List<RequestKindHealth> kinds = new ArrayList<>();
        for (RequestKind kind : RequestKind.values()) {
            LatteStreamStatistics.Requests requests = statistics.requests().get(kind);
            if (requests != null) {
                kinds.add(new RequestKindHealth(
                        kind.id(),
                        requests.circuitBreaker(),
                        kind == RequestKind.EVENTS && eventsWait,
                        requests.lastSuccess(),
                        requests.lastFailure(),
                        requests.failingSince()));
            }
        }
        return kinds;
    }

    // an implementation other than ours may not distinguish kinds
    private static RequestKindHealth undivided(LatteStreamStatistics statistics, boolean eventsWait) {
        Instant success = statistics.lastSuccess();
        LatteStreamStatistics.Failure failure = statistics.lastFailure();
        Instant since = failure == null || failure.isRejection() ? null : failure.time();
        if (since != null && success != null && success.isAfter(since)) {
            since = null;
        }
        return new RequestKindHealth(null, statistics.circuitBreaker(), eventsWait, success, failure, since);
    }

    boolean isOpen() {
        return circuitBreaker == CircuitBreakerState.OPEN;
    }

    /** Describes why the status is {@code DOWN}, without the message of an exception. */
    String describe() {
        StringBuilder description = new StringBuilder(name == null ? "Requests" : "Requests of kind '" + name + "'");
        if (failingSince == null) {
            description.append(" failed too often");
        } else {
            description.append(" have failed since ").append(failingSince);
        }
        if (lastFailure != null) {
            description.append(" (").append(FailureDetails.summary(lastFailure)).append(')');
        }
        if (isOpen()) {
            description.append("; the circuit breaker is open");
        }
        return description
                .append(lastSuccess == null ? "; none has succeeded yet" : "; the last success was at " + lastSuccess)
                .toString();
    }
}
