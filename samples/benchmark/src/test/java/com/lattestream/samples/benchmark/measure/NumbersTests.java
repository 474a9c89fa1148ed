package com.lattestream.samples.benchmark.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class NumbersTests {

    @Test
    void readsNumbers() {
        assertThat(Numbers.parse("1 2.5 1.0E-4", 3)).containsExactly(1, 2.5, 0.0001);
    }

    @Test
    void theFailureQuotesAnUnexpectedLine() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Numbers.parse("1 two", 2))
                .withMessageContaining("1 two");
        assertThatIllegalStateException()
                .isThrownBy(() -> Numbers.parse("1 2 3", 2))
                .withMessageContaining("not respond with 2 numbers: 1 2 3");
    }
}
