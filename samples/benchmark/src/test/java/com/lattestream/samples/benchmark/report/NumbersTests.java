package com.lattestream.samples.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTests {

    @ParameterizedTest
    @CsvSource({"0,0", "7,7.00", "512,512", "999.7,1.00 k", "9020,9.02 k", "340000,340 k", "1049000,1.05 M"})
    void countsHaveThreeDigitsAndALetter(double value, String text) {
        assertThat(Numbers.count(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0.85,850 ns", "12,12.0 µs", "1234,1.23 ms", "2500000,2.50 s"})
    void timesHaveTheUnitThatKeepsThemShort(double microseconds, String text) {
        assertThat(Numbers.microseconds(microseconds)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"608,608 B", "1536,1.50 KiB", "75300000,71.8 MiB"})
    void bytesAreCountedInPowersOfTwo(double bytes, String text) {
        assertThat(Numbers.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"1000000,1 M", "1500000,1.5 M", "100,100", "200000,200 k", "0,0", "250,250"})
    void theNumbersOfAnAxisHaveNoIdleZeros(double value, String text) {
        assertThat(Numbers.round(Numbers::count).apply(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0.0693,0.0693", "0.69,0.690", "51.04,51.0", "'12345.6','12,346'"})
    void otherNumbersHaveThreeDigitsThatCount(double value, String text) {
        assertThat(Numbers.plain(value)).isEqualTo(text);
    }
}
