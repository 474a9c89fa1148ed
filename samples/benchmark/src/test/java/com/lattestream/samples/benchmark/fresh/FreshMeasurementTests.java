package com.lattestream.samples.benchmark.fresh;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.Event;
import com.lattestream.samples.benchmark.result.FreshVariant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FreshMeasurementTests {

    private final FreshMeasurement measurement = new FreshMeasurement(1, 2, 4);

    @Test
    void withoutOptionsEveryValueArrives() {
        FreshVariant plain = measurement.measure("plain", event -> event);

        assertThat(plain.triggered()).isEqualTo(4_000);
        // a request without a response is sent again, so a value may arrive twice
        assertThat(plain.received()).isGreaterThanOrEqualTo(4_000);
        assertThat(plain.superseded() + plain.failed()).isZero();
        assertThat(plain.medianAge()).hasSize(4);
        assertThat(Arrays.stream(plain.maxAge()).max().orElse(0)).isGreaterThan(500);
    }

    @Test
    void conflatedValuesOfTheOutageAreReplaced() {
        FreshVariant conflated = measurement.measure("conflated", Event::conflated);

        assertThat(conflated.superseded()).isPositive();
        assertThat(conflated.received() + conflated.superseded()).isGreaterThanOrEqualTo(4_000);
        assertThat(conflated.failed()).isZero();
    }
}
