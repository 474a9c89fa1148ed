package com.lattestream.spring.boot.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;

import com.lattestream.core.CircuitBreakerState;
import com.lattestream.core.LatteStreamApiException;
import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.LatteStreamConnectionException;
import com.lattestream.core.LatteStreamException;
import com.lattestream.core.LatteStreamStatistics;
import com.lattestream.core.RequestKind;
import com.lattestream.testsupport.MutableClock;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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
                        .withDetail("failedEvents", 4L)
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
    void failuresWithoutSuccessAreDownAndShowNoMessage() {
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
    void aFailureOfMoreThanAMinuteAgoDoesNotCountIfNoEventWaits() {
        Health health = health(
                CircuitBreakerState.HALF_OPEN,
                Map.of(
                        RequestKind.EVENTS,
                        requests(CircuitBreakerState.HALF_OPEN, Duration.ofSeconds(90), Duration.ofSeconds(61))),
                0,
                Duration.ofSeconds(90));

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails())
                .containsEntry("state", "idle")
                .containsEntry("circuitBreaker", "half-open")
                .containsKey("lastFailure");
    }

    @Test
    void whileTheCircuitBreakerIsHalfOpenOnlyASuccessSinceItOpenedCounts() {
        Health trying = health(CircuitBreakerState.HALF_OPEN, Duration.ofSeconds(20), Duration.ofSeconds(5), outage);
        Health back = health(CircuitBreakerState.HALF_OPEN, Duration.ofSeconds(1), Duration.ofSeconds(5), outage);

        assertThat(trying.getStatus()).isEqualTo(Status.DOWN);
        assertThat(trying.getDetails()).containsEntry("state", "failing");
        assertThat(back.getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void anOpenCircuitBreakerIsDownRegardlessOfEarlierSuccesses() {
        Health health = health(CircuitBreakerState.OPEN, Duration.ofSeconds(1), Duration.ZERO, outage);

        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.getDetails()).containsEntry("state", "unavailable").containsEntry("circuitBreaker", "open");
    }

    @Test
    void theOpenCircuitBreakerOfOneKindIsDownAndNamesTheKind() {
        Health health = health(
                CircuitBreakerState.OPEN,
                Map.of(
                        RequestKind.EVENTS, requests(CircuitBreakerState.CLOSED, Duration.ZERO, null),
                        RequestKind.QUERIES, requests(CircuitBreakerState.OPEN, null, Duration.ZERO)));

        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.getDetails())
                .containsEntry("state", "unavailable")
                .containsEntry("circuitBreaker", "open")
                .containsEntry("circuitBreakers", Map.of("events", "closed", "queries", "open"));
    }

    @Test
    void theSuccessOfOneKindDoesNotHideThatAnotherIsStillFailing() {
        Health trying = health(
                CircuitBreakerState.HALF_OPEN,
                Map.of(
                        RequestKind.EVENTS, requests(CircuitBreakerState.CLOSED, Duration.ZERO, null),
                        RequestKind.QUERIES,
                                requests(
                                        CircuitBreakerState.HALF_OPEN, Duration.ofSeconds(20), Duration.ofSeconds(5))));
        Health back = health(
                CircuitBreakerState.HALF_OPEN,
                Map.of(
                        RequestKind.EVENTS, requests(CircuitBreakerState.CLOSED, Duration.ZERO, null),
                        RequestKind.QUERIES,
                                requests(CircuitBreakerState.HALF_OPEN, Duration.ofSeconds(1), Duration.ofSeconds(5))));

        assertThat(trying.getDetails()).containsEntry("state", "failing");
        assertThat(back.getDetails()).containsEntry("state", "available");
    }

    @Test
    void anOutageIsDownAfterFiveSecondsAlthoughRequestsSucceededShortlyBefore() {
        Health before = outage(Duration.ofMillis(4_999), Duration.ofSeconds(6));
        Health after = outage(Duration.ofSeconds(5), Duration.ofSeconds(6));

        assertThat(before.getStatus()).isEqualTo(Status.UP);
        assertThat(before.getDetails()).containsEntry("state", "available").doesNotContainKey("reason");
        assertThat(after.getStatus()).isEqualTo(Status.DOWN);
        assertThat(after.getDetails())
                .containsEntry("state", "failing")
                .containsEntry("failingSince", "2026-11-24T11:59:55Z")
                .containsEntry(
                        "reason",
                        "Requests of kind 'events' have failed since 2026-11-24T11:59:55Z"
                                + " (LatteStreamConnectionException); the last success was at 2026-11-24T11:59:54Z")
                .containsEntry("queuedEvents", 12L)
                .containsEntry("failedEvents", 112L);
    }

    private Health outage(Duration sinceFirstFailure, Duration sinceSuccess) {
        return health(
                CircuitBreakerState.CLOSED,
                Map.of(
                        RequestKind.EVENTS,
                        requests(CircuitBreakerState.CLOSED, sinceSuccess, Duration.ofSeconds(1), sinceFirstFailure)),
                12,
                sinceSuccess);
    }

    @ParameterizedTest
    @EnumSource(RequestKind.class)
    void oneFailingKindOfRequestsIsDownRegardlessOfTheOthers(RequestKind failing) {
        Map<RequestKind, LatteStreamStatistics.Requests> requests = new EnumMap<>(RequestKind.class);
        for (RequestKind kind : RequestKind.values()) {
            requests.put(kind, requests(CircuitBreakerState.CLOSED, Duration.ZERO, null));
        }
        requests.put(
                failing,
                requests(CircuitBreakerState.CLOSED, Duration.ofSeconds(9), Duration.ZERO, Duration.ofSeconds(8)));

        Health health = health(CircuitBreakerState.CLOSED, requests, 0, Duration.ZERO);

        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.getDetails().get("reason")).asString().contains("'" + failing.id() + "'");
    }

    @Test
    void whileEventsWaitAnOutageStaysDownUntilARequestSucceeds() {
        Duration minutes = Duration.ofMinutes(5);
        Map<RequestKind, LatteStreamStatistics.Requests> failing =
                Map.of(RequestKind.EVENTS, requests(CircuitBreakerState.CLOSED, null, minutes));
        Map<RequestKind, LatteStreamStatistics.Requests> recovered =
                Map.of(RequestKind.EVENTS, requests(CircuitBreakerState.CLOSED, Duration.ofMinutes(2), minutes));

        assertThat(health(CircuitBreakerState.CLOSED, failing, 1, null).getStatus())
                .isEqualTo(Status.DOWN);
        assertThat(health(CircuitBreakerState.CLOSED, failing, 0, null).getStatus())
                .isEqualTo(Status.UP);
        assertThat(health(CircuitBreakerState.CLOSED, recovered, 1, Duration.ofMinutes(2))
                        .getStatus())
                .isEqualTo(Status.UP);
    }

    @Test
    void aSuccessfulProbeDoesNotHideWaitingEventsThatFail() {
        Map<RequestKind, LatteStreamStatistics.Requests> requests = Map.of(
                RequestKind.EVENTS, requests(CircuitBreakerState.CLOSED, null, Duration.ofSeconds(8)),
                RequestKind.QUERIES, requests(CircuitBreakerState.CLOSED, Duration.ofSeconds(1), null));
        LatteStreamClient waiting = client(CircuitBreakerState.CLOSED, requests, 1, Duration.ofSeconds(1));
        LatteStreamClient idle = client(CircuitBreakerState.CLOSED, requests, 0, Duration.ofSeconds(1));

        assertThat(probed(waiting).getStatus()).isEqualTo(Status.DOWN);
        assertThat(probed(idle).getStatus()).isEqualTo(Status.UP);
    }

    private static Health probed(LatteStreamClient client) {
        given(client.ping()).willReturn(CompletableFuture.completedFuture(null));
        return new LatteStreamHealthIndicator(() -> Optional.of(client), true, Clock.fixed(NOW, ZoneOffset.UTC))
                .health();
    }

    private Health health(CircuitBreakerState breaker, Map<RequestKind, LatteStreamStatistics.Requests> requests) {
        return health(breaker, requests, 0, Duration.ZERO);
    }

    private Health health(
            CircuitBreakerState breaker,
            Map<RequestKind, LatteStreamStatistics.Requests> requests,
            long waiting,
            @Nullable Duration sinceSuccess) {
        LatteStreamClient client = client(breaker, requests, waiting, sinceSuccess);
        return new LatteStreamHealthIndicator(() -> Optional.of(client), false, Clock.fixed(NOW, ZoneOffset.UTC))
                .health();
    }

    private LatteStreamClient client(
            CircuitBreakerState breaker,
            Map<RequestKind, LatteStreamStatistics.Requests> requests,
            long waiting,
            @Nullable Duration sinceSuccess) {
        LatteStreamStatistics.Failure lastFailure = requests.values().stream()
                .map(LatteStreamStatistics.Requests::lastFailure)
                .filter(Objects::nonNull)
                .max(Comparator.comparing(LatteStreamStatistics.Failure::time))
                .orElse(null);
        LatteStreamClient client = mock();
        given(client.endpoint()).willReturn("https://eu1.lattestream.com");
        given(client.statistics())
                .willReturn(new LatteStreamStatistics(
                        waiting,
                        0,
                        10_000,
                        0,
                        0,
                        112,
                        0,
                        0,
                        0,
                        0,
                        0,
                        breaker,
                        sinceSuccess == null ? null : NOW.minus(sinceSuccess),
                        lastFailure,
                        requests));
        return client;
    }

    private LatteStreamStatistics.Requests requests(
            CircuitBreakerState breaker, @Nullable Duration sinceSuccess, @Nullable Duration sinceFailure) {
        boolean failing = sinceFailure != null && (sinceSuccess == null || sinceSuccess.compareTo(sinceFailure) > 0);
        return requests(breaker, sinceSuccess, sinceFailure, failing ? sinceFailure : null);
    }

    private LatteStreamStatistics.Requests requests(
            CircuitBreakerState breaker,
            @Nullable Duration sinceSuccess,
            @Nullable Duration sinceFailure,
            @Nullable Duration sinceFirstFailure) {
        return new LatteStreamStatistics.Requests(
                breaker,
                0,
                0,
                sinceSuccess == null ? null : NOW.minus(sinceSuccess),
                sinceFailure == null ? null : new LatteStreamStatistics.Failure(NOW.minus(sinceFailure), outage),
                sinceFirstFailure == null ? null : NOW.minus(sinceFirstFailure));
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

    @Test
    void aProbeIsSentOnceInHalfAMinute() {
        LatteStreamClient client = client(CircuitBreakerState.CLOSED, null, null, outage);
        given(client.ping()).willReturn(CompletableFuture.completedFuture(null));
        MutableClock clock = new MutableClock();
        LatteStreamHealthIndicator indicator = new LatteStreamHealthIndicator(() -> Optional.of(client), true, clock);

        assertThat(indicator.health().getDetails()).containsEntry("state", "available");
        clock.advance(Duration.ofSeconds(29));
        indicator.health();
        then(client).should(times(1)).ping();

        given(client.ping()).willReturn(CompletableFuture.failedFuture(outage));
        clock.advance(Duration.ofSeconds(1));
        Health down = indicator.health();
        assertThat(down.getStatus()).isEqualTo(Status.DOWN);
        assertThat(down.getDetails()).containsEntry("state", "failing");
        then(client).should(times(2)).ping();
    }

    @Test
    void aProbeCountsForMoreThanTheLastRequests() {
        LatteStreamClient client =
                client(CircuitBreakerState.CLOSED, Duration.ofSeconds(1), Duration.ofSeconds(1), outage);
        given(client.ping()).willReturn(CompletableFuture.failedFuture(outage));

        assertThat(new LatteStreamHealthIndicator(() -> Optional.of(client), true)
                        .health()
                        .getStatus())
                .isEqualTo(Status.DOWN);
    }

    @Test
    void aClosedClientThatIsProbedIsDown() {
        LatteStreamClient client = client(CircuitBreakerState.CLOSED, null, null, outage);
        given(client.ping()).willThrow(new IllegalStateException("closed"));

        assertThat(new LatteStreamHealthIndicator(() -> Optional.of(client), true)
                        .health()
                        .getStatus())
                .isEqualTo(Status.DOWN);
    }

    private static Health failing(int status) {
        return health(
                CircuitBreakerState.CLOSED,
                null,
                Duration.ZERO,
                new LatteStreamApiException("response", status, "", null));
    }

    private static Health health(
            CircuitBreakerState breaker,
            @Nullable Duration sinceSuccess,
            @Nullable Duration sinceFailure,
            LatteStreamException reason) {
        LatteStreamClient client = client(breaker, sinceSuccess, sinceFailure, reason);
        return new LatteStreamHealthIndicator(() -> Optional.of(client), false, Clock.fixed(NOW, ZoneOffset.UTC))
                .health();
    }

    private static LatteStreamClient client(
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
                        4,
                        0,
                        0,
                        0,
                        0,
                        0,
                        breaker,
                        sinceSuccess == null ? null : NOW.minus(sinceSuccess),
                        sinceFailure == null
                                ? null
                                : new LatteStreamStatistics.Failure(NOW.minus(sinceFailure), reason),
                        Map.of()));
        return client;
    }
}
