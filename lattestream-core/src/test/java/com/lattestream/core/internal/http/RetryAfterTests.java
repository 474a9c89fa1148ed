package com.lattestream.core.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTests {

    private final Clock clock = Clock.fixed(Instant.parse("2026-11-01T12:00:00Z"), ZoneOffset.UTC);

    @Test
    void readsSeconds() {
        assertThat(RetryAfter.parse(" 120 ", clock)).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void readsADate() {
        assertThat(RetryAfter.parse("Sun, 01 Nov 2026 12:00:30 GMT", clock)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void aDateThatHasPassedIsNow() {
        assertThat(RetryAfter.parse("Sun, 01 Nov 2026 11:00:00 GMT", clock)).isZero();
    }

    @Test
    void aVeryLongWaitIsAYear() {
        assertThat(RetryAfter.parse("999999999", clock)).isEqualTo(Duration.ofDays(365));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "soon", "-1", "1.5", "99999999999999999999"})
    void nonsenseIsNoHeader(String header) {
        assertThat(RetryAfter.parse(header, clock)).isNull();
    }
}
