package com.lattestream.core.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.LatteStreamApiException;
import com.lattestream.core.support.ManualScheduler;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LastRequestOutcomeTests {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final ManualScheduler time = new ManualScheduler();

    private final LastRequestOutcome outcomes = new LastRequestOutcome(time.clock());

    @Test
    void remembersTheFirstFailureSinceTheLastSuccess() {
        assertThat(outcomes.failingSince()).isNull();

        fail(503);
        time.advance(Duration.ofSeconds(7));
        fail(503);
        assertThat(outcomes.failingSince()).isEqualTo(START);

        outcomes.succeeded();
        assertThat(outcomes.failingSince()).isNull();

        time.advance(Duration.ofSeconds(2));
        fail(503);
        assertThat(outcomes.failingSince()).isEqualTo(START.plusSeconds(9));
    }

    @Test
    void remembersTheTimeOfTheLastSuccess() {
        assertThat(outcomes.success()).isNull();

        time.advance(Duration.ofSeconds(3));
        outcomes.succeeded();
        fail(503);

        assertThat(outcomes.success()).isEqualTo(START.plusSeconds(3));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 422})
    void aRejectedRequestShowsThatTheServiceWorks(int status) {
        fail(503);
        fail(status);

        assertThat(outcomes.failingSince()).isNull();
        assertThat(outcomes.failure()).isNotNull();
    }

    private void fail(int status) {
        outcomes.failed(new LatteStreamApiException("failed", status, "", null));
    }
}
