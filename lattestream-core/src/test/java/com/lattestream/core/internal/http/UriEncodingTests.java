package com.lattestream.core.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UriEncodingTests {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {".,%2E", "..,%2E%2E", "...,...", "a b,a%20b", "a.b,a.b", "~!'()*,~!'()*", "a/b,a%2Fb"})
    void encodesSegmentsAsTheSdkDoesAndDotsThatMeanAnotherPath(String segment, String encoded) {
        assertThat(UriEncoding.pathSegment(segment)).isEqualTo(encoded);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"a b,a+b", "`a,b`,a%2Cb", "~,%7E", "*,*", "č,%C4%8D"})
    void encodesQueryValuesAsForms(String value, String encoded) {
        assertThat(UriEncoding.queryValue(value)).isEqualTo(encoded);
    }

    @Test
    void refusesHalfOfASurrogatePair() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UriEncoding.pathSegment("x\ud83dy"))
                .withMessageContaining("'x\\ud83dy'")
                .withMessageContaining("surrogate");
    }
}
