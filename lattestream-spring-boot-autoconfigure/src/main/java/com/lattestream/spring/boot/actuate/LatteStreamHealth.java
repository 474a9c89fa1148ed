package com.lattestream.spring.boot.actuate;

import com.lattestream.core.CircuitBreakerState;
import com.lattestream.core.LatteStreamApiException;
import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.LatteStreamException;
import com.lattestream.core.LatteStreamStatistics;
import com.lattestream.core.RequestKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;

/**
 * What is known of the service: from what a client's last requests came to, or by a probe. DOWN while the circuit breaker
 * of a kind of requests is open, and when requests failed within the last minute and none succeeded. What is longer ago says nothing, so that an
 * application that is left alone because it is DOWN does not stay so. Thread-safe.
 */
final class LatteStreamHealth {

    private static final Duration RECENT = Duration.ofMinutes(1);

    // the service is there, and refuses what one request asks for
    private static final Set<Integer> REFUSALS = Set.of(400, 413, 422);

    private final Supplier<Optional<LatteStreamClient>> client;

    private final @Nullable HealthProbe probe;

    private final Clock clock;

    LatteStreamHealth(Supplier<Optional<LatteStreamClient>> client, boolean probe, Clock clock) {
        this.client = client;
        this.probe = probe ? new HealthProbe(clock) : null;
        this.clock = clock;
    }

    /** Returns the health; complete at once unless there is a probe. Never fails. */
    CompletableFuture<Health> health() {
        LatteStreamClient current;
        try {
            current = client.get().orElse(null);
        } catch (RuntimeException ex) {
            // the message may contain what a property contains
            return CompletableFuture.completedFuture(Health.down()
                    .withDetail("error", ex.getClass().getSimpleName())
                    .build());
        }
        if (current == null) {
            return CompletableFuture.completedFuture(
                    Health.up().withDetail("state", lowerCase(State.IDLE)).build());
        }
        return probe == null
                ? CompletableFuture.completedFuture(health(current, null))
                : probe.isAnswered(current).thenApply(answered -> health(current, answered));
    }

    private Health health(LatteStreamClient current, @Nullable Boolean answered) {
        LatteStreamStatistics statistics = current.statistics();
        if (statistics == null) {
            return Health.unknown()
                    .withDetail("reason", "The client has no statistics; it may be a mock")
                    .build();
        }
        State state = state(statistics, answered);
        Health.Builder health = state.down ? Health.down() : Health.up();
        String endpoint = current.endpoint();
        health.withDetail("state", lowerCase(state))
                .withDetail("endpoint", endpoint == null ? "unknown" : endpoint)
                .withDetail("circuitBreaker", lowerCase(statistics.circuitBreaker()));
        if (!statistics.requests().isEmpty()) {
            health.withDetail("circuitBreakers", circuitBreakers(statistics));
        }
        health.withDetail("queuedEvents", statistics.queued() + statistics.inFlight())
                .withDetail("queueCapacity", statistics.queueCapacity());
        Instant success = statistics.lastSuccess();
        if (success != null) {
            health.withDetail("lastSuccess", success.toString());
        }
        LatteStreamStatistics.Failure failure = statistics.lastFailure();
        if (failure != null) {
            health.withDetail("lastFailure", FailureDetails.of(failure));
        }
        return health.build();
    }

    /** Returns the states of the circuit breakers, by the names of the kinds of requests. */
    static Map<String, String> circuitBreakers(LatteStreamStatistics statistics) {
        Map<String, String> states = new LinkedHashMap<>();
        for (RequestKind kind : RequestKind.values()) {
            LatteStreamStatistics.Requests requests = statistics.requests().get(kind);
            if (requests != null) {
                states.put(kind.id(), lowerCase(requests.circuitBreaker()));
            }
        }
        return states;
    }

    private State state(LatteStreamStatistics statistics, @Nullable Boolean answered) {
        if (statistics.circuitBreaker() == CircuitBreakerState.OPEN) {
            return State.UNAVAILABLE;
        }
        if (answered != null) {
            return answered ? State.AVAILABLE : State.FAILING;
        }
        LatteStreamStatistics.Failure failure = statistics.lastFailure();
        if (isRecent(statistics.lastSuccess()) && !isStillTrying(statistics)) {
            return State.AVAILABLE;
        }
        if (failure == null || !isRecent(failure.time())) {
            return State.IDLE;
        }
        return isRefusal(failure.reason()) ? State.AVAILABLE : State.FAILING;
    }

    // what succeeded before the breaker opened says nothing of a service that has not come back
    private static boolean isStillTrying(LatteStreamStatistics statistics) {
        return statistics.requests().isEmpty()
                ? isStillTrying(statistics.circuitBreaker(), statistics.lastSuccess(), statistics.lastFailure())
                : statistics.requests().values().stream()
                        .anyMatch(kind -> isStillTrying(kind.circuitBreaker(), kind.lastSuccess(), kind.lastFailure()));
    }

    private static boolean isStillTrying(
            CircuitBreakerState breaker, @Nullable Instant success, LatteStreamStatistics.@Nullable Failure failure) {
        return breaker == CircuitBreakerState.HALF_OPEN
                && failure != null
                && (success == null || failure.time().isAfter(success));
    }

    private boolean isRecent(@Nullable Instant time) {
        return time != null && time.plus(RECENT).isAfter(clock.instant());
    }

    private static boolean isRefusal(LatteStreamException reason) {
        return reason instanceof LatteStreamApiException answer && REFUSALS.contains(answer.status());
    }

    /** Spells a constant as details do: {@code half-open}. */
    static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private enum State {

        /** No request of late. */
        IDLE(false),

        /** Of late, the service has done what it was asked for, or has answered why not. */
        AVAILABLE(false),

        /** All recent requests failed, or the probe did. */
        FAILING(true),

        /** The service is not asked, as it has failed too often. */
        UNAVAILABLE(true);

        private final boolean down;

        State(boolean down) {
            this.down = down;
        }
    }
}
