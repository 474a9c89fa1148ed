package com.lattestream.spring.boot.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import com.lattestream.core.CircuitBreakerState;
import com.lattestream.core.LatteStreamApiException;
import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.LatteStreamConnectionException;
import com.lattestream.core.LatteStreamException;
import com.lattestream.core.LatteStreamStatistics;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class LatteStreamHealthIndicatorTests {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private final LatteStreamException outage =
            new LatteStreamConnectionException("refused by lsk_secret", false, new IOException("refused"));

    @Test
    void aClientThatWasNotUsedIsIdle() {
        assertThat(health(CircuitBreakerState.CLOSED, null, null, outage))
                .isEqualTo(Health.up()
                        .withDetail("state", "idle")
                        .withDetail("endpoint", "https://eu1.lattestream.com")
                        .withDetail("circuitBreaker", "closed")
                        .withDetail("queuedEvents", 3L)
                        .withDetail("queueCapacity", 10_000L)
                        .build());
    }

    @Test
    void oneSuccessInTheLastMinuteIsEnough() {
        Health health = health(CircuitBreakerState.CLOSED, Duration.ofSeconds(59), Duration.ZERO, outage);

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails())
                .containsEntry("state", "available")
                .containsEntry("lastSuccess", "2026-11-24T11:59:01Z")
                .containsEntry(
                        "lastFailure",
                        Map.of("time", "2026-11-24T12:00:00Z", "reason", "LatteStreamConnectionException"));
    }

    @Test
    void failuresAloneAreDownAndTellNoMessage() {
        Health health = health(
                CircuitBreakerState.CLOSED,
                Duration.ofSeconds(61),
                Duration.ofSeconds(59),
                new LatteStreamApiException("lsk_secret", 503, "lsk_secret", null));

        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.getDetails())
                .containsEntry("state", "failing")
                .containsEntry(
                        "lastFailure",
                        Map.of("time", "2026-11-24T11:59:01Z", "reason", "LatteStreamApiException", "status", 503));
        assertThat(health.toString()).doesNotContain("lsk_");
    }

    @Test
    void whatFailedLongAgoSaysNothing() {
        Health health = health(CircuitBreakerState.HALF_OPEN, null, Duration.ofSeconds(61), outage);

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails())
                .containsEntry("state", "idle")
                .containsEntry("circuitBreaker", "half-open")
                .containsKey("lastFailure");
    }

    @Test
    void anOpenCircuitBreakerIsDownWhateverWasBefore() {
        Health health = health(CircuitBreakerState.OPEN, Duration.ofSeconds(1), Duration.ZERO, outage);

        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.getDetails()).containsEntry("state", "unavailable").containsEntry("circuitBreaker", "open");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 422})
    void aServiceThatRefusesOneRequestIsThere(int status) {
        assertThat(failing(status).getStatus()).isEqualTo(Status.UP);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 429, 500, 503})
    void aServiceThatRefusesTheApplicationIsDown(int status) {
        assertThat(failing(status).getStatus()).isEqualTo(Status.DOWN);
    }

    private static Health failing(int status) {
        return health(
                CircuitBreakerState.CLOSED,
                null,
                Duration.ZERO,
                new LatteStreamApiException("answered", status, "", null));
    }

    private static Health health(
            CircuitBreakerState breaker,
            @Nullable Duration sinceSuccess,
            @Nullable Duration sinceFailure,
            LatteStreamException reason) {
        LatteStreamClient client = mock();
        given(client.endpoint()).willReturn("https://eu1.lattestream.com");
        given(client.statistics())
                .willReturn(new LatteStreamStatistics(
                        1,
                        100,
                        10_000,
                        2,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        breaker,
                        sinceSuccess == null ? null : NOW.minus(sinceSuccess),
                        sinceFailure == null
                                ? null
                                : new LatteStreamStatistics.Failure(NOW.minus(sinceFailure), reason)));
        return new LatteStreamHealthIndicator(client, Clock.fixed(NOW, ZoneOffset.UTC)).health();
    }
}
