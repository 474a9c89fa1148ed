package com.lattestream.samples.benchmark.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AxisTests {

    @Test
    void onALinearAxisTwiceTheValueIsTwiceAsFar() {
        Axis axis = Axis.linear("ms", String::valueOf, 1822);

        assertThat(axis.ticks()).containsExactly(0.0, 500.0, 1000.0, 1500.0, 2000.0);
        assertThat(axis.at(1000)).isEqualTo(2 * axis.at(500)).isEqualTo(0.5);
    }

    @Test
    void onALogarithmicAxisTheSameFactorIsTheSameWay() {
        Axis axis = Axis.logarithmic("events", String::valueOf, 8_550, 1_957_000);

        assertThat(axis.ticks()).containsExactly(5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6, 2e6);
        assertThat(axis.at(5_000)).isZero();
        assertThat(axis.at(2_000_000)).isEqualTo(1);
        assertThat(axis.at(40_000) - axis.at(20_000)).isCloseTo(axis.at(20_000) - axis.at(10_000), within(1e-9));
    }

    @Test
    void theSmallestValueIsNotAtTheVeryBeginning() {
        assertThat(Axis.logarithmic("events", String::valueOf, 1_000, 20_000).ticks())
                .containsExactly(500.0, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4);
    }

    @Test
    void overManyDecadesOnlyPowersOfTenAreNamed() {
        assertThat(Axis.logarithmic("µs", String::valueOf, 0.8, 61_000).ticks())
                .containsExactly(1.0, 10.0, 100.0, 1e3, 1e4, 1e5);
    }

    @Test
    void theValuesThatWereMeasuredAreNamed() {
        Axis axis = Axis.logarithmicOver("threads", String::valueOf, 64, 1, 8, 8);

        assertThat(axis.ticks()).containsExactly(1.0, 8.0, 64.0);
        assertThat(axis.at(8)).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void aSingleValueIsInTheMiddle() {
        assertThat(Axis.logarithmicOver("threads", String::valueOf, 20).at(20)).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void nothingHasAPlaceBelowALogarithmicAxis() {
        assertThatIllegalArgumentException().isThrownBy(() -> Axis.logarithmic("µs", String::valueOf, 0, 1));
    }
}
