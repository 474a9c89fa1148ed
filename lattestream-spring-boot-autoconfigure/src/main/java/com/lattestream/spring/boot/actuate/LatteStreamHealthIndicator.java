package com.lattestream.spring.boot.actuate;

import com.lattestream.core.CircuitBreakerState;
import com.lattestream.core.LatteStreamApiException;
import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.LatteStreamException;
import com.lattestream.core.LatteStreamStatistics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Tells from what a client's last requests came to whether the service is there; sends nothing and waits for nothing.
 * DOWN while the circuit breaker is open, and when requests failed within the last minute and none succeeded. What is
 * longer ago says nothing, so that an application that is left alone because it is DOWN does not stay so. Thread-safe.
 */
public final class LatteStreamHealthIndicator implements HealthIndicator {

    private static final Duration RECENT = Duration.ofMinutes(1);

    // the service is there, and refuses what one request asks for
    private static final Set<Integer> REFUSALS = Set.of(400, 413, 422);

    private final LatteStreamClient client;

    private final Clock clock;

    /**
     * Creates an indicator.
     * @param client whose requests to look at
     */
    public LatteStreamHealthIndicator(LatteStreamClient client) {
        this(client, Clock.systemUTC());
    }

    LatteStreamHealthIndicator(LatteStreamClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    @Override
    public Health health() {
        LatteStreamStatistics statistics = client.statistics();
        State state = state(statistics);
        Health.Builder health = state.down ? Health.down() : Health.up();
        health.withDetail("state", lowerCase(state))
                .withDetail("endpoint", client.endpoint())
                .withDetail("circuitBreaker", lowerCase(statistics.circuitBreaker()))
                .withDetail("queuedEvents", statistics.queued() + statistics.inFlight())
                .withDetail("queueCapacity", statistics.queueCapacity());
        Instant success = statistics.lastSuccess();
        if (success != null) {
            health.withDetail("lastSuccess", success.toString());
        }
        LatteStreamStatistics.Failure failure = statistics.lastFailure();
        if (failure != null) {
            health.withDetail("lastFailure", describe(failure));
        }
        return health.build();
    }

    private State state(LatteStreamStatistics statistics) {
        if (statistics.circuitBreaker() == CircuitBreakerState.OPEN) {
            return State.UNAVAILABLE;
        }
        if (isRecent(statistics.lastSuccess())) {
            return State.AVAILABLE;
        }
        LatteStreamStatistics.Failure failure = statistics.lastFailure();
        if (failure == null || !isRecent(failure.time())) {
            return State.IDLE;
        }
        return isRefusal(failure.reason()) ? State.AVAILABLE : State.FAILING;
    }

    private boolean isRecent(@Nullable Instant time) {
        return time != null && time.plus(RECENT).isAfter(clock.instant());
    }

    private static boolean isRefusal(LatteStreamException reason) {
        return reason instanceof LatteStreamApiException answer && REFUSALS.contains(answer.status());
    }

    // not the message, which may repeat what the service said
    private static Map<String, Object> describe(LatteStreamStatistics.Failure failure) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("time", failure.time().toString());
        details.put("reason", failure.reason().getClass().getSimpleName());
        if (failure.reason() instanceof LatteStreamApiException answer) {
            details.put("status", answer.status());
        }
        return details;
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private enum State {

        /** No request of late. */
        IDLE(false),

        /** Of late, the service has done what it was asked for, or has answered why not. */
        AVAILABLE(false),

        /** All recent requests failed. */
        FAILING(true),

        /** The service is not asked, as it has failed too often. */
        UNAVAILABLE(true);

        private final boolean down;

        State(boolean down) {
            this.down = down;
        }
    }
}
