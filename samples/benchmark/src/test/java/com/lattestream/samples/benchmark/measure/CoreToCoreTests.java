package com.lattestream.samples.benchmark.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CoreToCoreTests {

    @Test
    void theTimeOfARoundTripIsPositive() {
        assertThat(CoreToCore.nanos(Duration.ofMillis(20))).isPositive();
    }
}
