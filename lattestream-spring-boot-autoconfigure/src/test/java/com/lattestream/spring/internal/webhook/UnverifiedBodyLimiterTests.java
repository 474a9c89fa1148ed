package com.lattestream.spring.internal.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class UnverifiedBodyLimiterTests {

    private final UnverifiedBodyLimiter limiter = new UnverifiedBodyLimiter(2, 4, Duration.ofMinutes(1));

    @Test
    void theNumberOfBodiesIsLimitedUntilOneIsClosed() {
        UnverifiedBodyLimiter.Body first = limiter.tryOpen();
        UnverifiedBodyLimiter.Body second = limiter.tryOpen();
        assertThat(first).isNotNull();
        assertThat(second).isNotNull();
        assertThat(limiter.tryOpen()).isNull();

        // closing a body more than once releases one permit
        first.close();
        first.close();

        assertThat(limiter.tryOpen()).isNotNull();
        assertThat(limiter.tryOpen()).isNull();
    }

    @Test
    void aBodyHasAtMostTheConfiguredNumberOfBytes() {
        UnverifiedBodyLimiter.Body body = limiter.tryOpen();

        assertThat(body.append("ab_".getBytes(UTF_8), 2)).isTrue();
        assertThat(body.append("cd".getBytes(UTF_8), 2)).isTrue();
        assertThat(body.append("e".getBytes(UTF_8), 1)).isFalse();

        assertThat(body.bytes()).isEqualTo("abcd".getBytes(UTF_8));
        assertThat(limiter.maxBodySize()).isEqualTo(4);
    }

    @Test
    void aBodyIsOverdueAfterTheTimeForReadingIt() {
        assertThat(limiter.tryOpen().isOverdue()).isFalse();
        assertThat(new UnverifiedBodyLimiter(1, 1, Duration.ZERO).tryOpen().isOverdue())
                .isTrue();
        assertThat(limiter.readTimeout()).isEqualTo(Duration.ofMinutes(1));
    }
}
