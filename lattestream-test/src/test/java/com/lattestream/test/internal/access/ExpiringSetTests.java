package com.lattestream.test.internal.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.testsupport.MutableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ExpiringSetTests {

    private final MutableClock clock = new MutableClock();

    private final ExpiringSet set = new ExpiringSet(clock, Duration.ofMinutes(1), 3);

    @Test
    void containsATextDuringItsLifetime() {
        assertThat(set.add("a")).isTrue();
        clock.advance(Duration.ofSeconds(59));
        assertThat(set.add("a")).isFalse();
        assertThat(set.contains("a")).isTrue();
        clock.advance(Duration.ofSeconds(1));
        assertThat(set.contains("a")).isFalse();
        assertThat(set.add("a")).isTrue();
    }

    @Test
    void removesTheOldestTextBeyondTheMaximum() {
        set.add("a");
        set.add("b");
        set.add("c");
        set.add("d");

        assertThat(set.contains("a")).isFalse();
        assertThat(set.contains("b")).isTrue();
        assertThat(set.contains("d")).isTrue();
    }
}
