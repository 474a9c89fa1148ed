package com.lattestream.spring.boot.actuate;

import com.lattestream.core.CircuitBreakerState;
import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.LatteStreamStatistics;
import com.lattestream.core.RequestKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Reports the health of a client from the outcomes of its last requests, without sending any. With a probe, it sends a
 * request to the service at most once in 30 seconds, and waits for the response for at most 10 seconds. Spring Boot
 * calls it on a thread that may block, also in applications on Spring WebFlux.
 *
 * <p>The status is DOWN while a circuit breaker is open, and at the latest 5 seconds after the first failed attempt of a
 * kind of requests without a later success. Failures of more than a minute ago do not count, so that an instance that
 * receives no requests because it is DOWN can recover. If events wait, they do count, because the client continues to
 * retry. Thread-safe.
 */
public final class LatteStreamHealthIndicator implements HealthIndicator {

    private static final Duration RECENT = Duration.ofMinutes(1);

    // one failed attempt and its retry are not an outage
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

    private final Supplier<Optional<LatteStreamClient>> client;

    private final @Nullable HealthProbe probe;

    private final Clock clock;

    /**
     * Creates an indicator.
     * @param client the client
     * @param probe whether to send a request to the service
     */
    public LatteStreamHealthIndicator(LatteStreamClient client, boolean probe) {
        this(() -> Optional.of(client), probe);
    }

    /**
     * Creates an indicator of a client that may be created later.
     * @param client supplies the client; empty as long as it does not exist, which is the status {@code UP} and the
     * state {@code idle}
     * @param probe whether to send a request to the service
     */
    public LatteStreamHealthIndicator(Supplier<Optional<LatteStreamClient>> client, boolean probe) {
        this(client, probe, Clock.systemUTC());
    }

    LatteStreamHealthIndicator(Supplier<Optional<LatteStreamClient>> client, boolean probe, Clock clock) {
        this.client = client;
        this.probe = probe ? new HealthProbe(clock) : null;
        this.clock = clock;
    }

    @Override
    public Health health() {
        LatteStreamClient current;
        try {
            current = client.get().orElse(null);
        } catch (RuntimeException ex) {
            // the message may contain the value of a property
            return Health.down()
                    .withDetail("error", ex.getClass().getSimpleName())
                    .build();
        }
        if (current == null) {
            return Health.up().withDetail("state", lowerCase(State.IDLE)).build();
        }
        return health(
                current,
                probe == null ? null : probe.isServiceAvailable(current).join());
    }

    private Health health(LatteStreamClient current, @Nullable Boolean probeSucceeded) {
        LatteStreamStatistics statistics = current.statistics();
        if (statistics == null) {
            return Health.unknown()
                    .withDetail("reason", "The client has no statistics; it may be a mock")
                    .build();
        }
        List<RequestKindHealth> failing = RequestKindHealth.of(statistics).stream()
                .filter(kind -> isFailing(kind, statistics, probeSucceeded != null))
                .toList();
        State state = state(statistics, failing, probeSucceeded);
        Health.Builder health = state.down ? Health.down() : Health.up();
        if (state.down) {
            addReason(health, failing);
        }
        String endpoint = current.endpoint();
        health.withDetail("state", lowerCase(state))
                .withDetail("endpoint", endpoint == null ? "unknown" : endpoint)
                .withDetail("circuitBreaker", lowerCase(statistics.circuitBreaker()));
        if (!statistics.requests().isEmpty()) {
            health.withDetail("circuitBreakers", circuitBreakers(statistics));
        }
        health.withDetail("queuedEvents", statistics.queued() + statistics.inFlight())
                .withDetail("queueCapacity", statistics.queueCapacity())
                .withDetail("failedEvents", statistics.failed());
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

    private State state(
            LatteStreamStatistics statistics, List<RequestKindHealth> failing, @Nullable Boolean probeSucceeded) {
        if (statistics.circuitBreaker() == CircuitBreakerState.OPEN) {
            return State.UNAVAILABLE;
        }
        if (!failing.isEmpty() || Boolean.FALSE.equals(probeSucceeded)) {
            return State.FAILING;
        }
        LatteStreamStatistics.Failure failure = statistics.lastFailure();
        return probeSucceeded != null
                        || isRecent(statistics.lastSuccess())
                        || (failure != null && isRecent(failure.time()))
                ? State.AVAILABLE
                : State.IDLE;
    }

    private boolean isFailing(RequestKindHealth kind, LatteStreamStatistics statistics, boolean probed) {
        if (kind.isOpen()) {
            return true;
        }
        Instant since = kind.failingSince();
        LatteStreamStatistics.Failure failure = kind.lastFailure();
        if (since == null || failure == null || (!kind.retrying() && !isRecent(failure.time()))) {
            return false;
        }
        if (probed && !kind.retrying() && isProbedSince(failure.time(), statistics)) {
            return false;
        }
        return kind.circuitBreaker() == CircuitBreakerState.HALF_OPEN
                || !isRecent(statistics.lastSuccess())
                || !clock.instant().isBefore(since.plus(TOLERANCE));
    }

    // a probe is a query
    private static boolean isProbedSince(Instant time, LatteStreamStatistics statistics) {
        LatteStreamStatistics.Requests queries = statistics.requests().get(RequestKind.QUERIES);
        Instant success = queries == null ? statistics.lastSuccess() : queries.lastSuccess();
        return success != null && success.isAfter(time);
    }

    private static void addReason(Health.Builder health, List<RequestKindHealth> failing) {
        health.withDetail(
                "reason",
                failing.isEmpty()
                        ? "The service did not respond to the probe as expected"
                        : failing.stream().map(RequestKindHealth::describe).collect(Collectors.joining(". ")));
        failing.stream()
                .map(RequestKindHealth::failingSince)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .ifPresent(since -> health.withDetail("failingSince", since.toString()));
    }

    private boolean isRecent(@Nullable Instant time) {
        return time != null && time.plus(RECENT).isAfter(clock.instant());
    }

    /** Returns a constant as shown in details: {@code half-open}. */
    static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private enum State {

        /** No request within the last minute. */
        IDLE(false),

        /** The service is available, according to the last requests. */
        AVAILABLE(false),

        /** Requests of one kind fail, or the probe has failed. */
        FAILING(true),

        /** A circuit breaker is open. */
        UNAVAILABLE(true);

        private final boolean down;

        State(boolean down) {
            this.down = down;
        }
    }
}
