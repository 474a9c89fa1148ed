package com.lattestream.test.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RequestBodiesTests {

    private final RequestBodies bodies = new RequestBodies(Duration.ofSeconds(30));

    @Test
    void boundsTheBytesOfAllIncompleteBodies() {
        int mebibyte = 1024 * 1024;
        for (int i = 0; i < 64; i++) {
            assertThat(bodies.reserve(mebibyte)).isTrue();
        }
        assertThat(bodies.reserve(1)).isFalse();

        bodies.release(1);
        assertThat(bodies.reserve(2)).isFalse();
        assertThat(bodies.reserve(1)).isTrue();
    }

    @Test
    void boundsTheNumberOfIncompleteBodies() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(bodies.reservePlace()).isTrue();
        }
        assertThat(bodies.reservePlace()).isFalse();

        bodies.releasePlace();
        assertThat(bodies.reservePlace()).isTrue();
        assertThat(bodies.reservePlace()).isFalse();
    }
}
