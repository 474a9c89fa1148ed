package com.lattestream.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class LatteStreamSecretTests {

    @Test
    void neverPrintsItself() {
        assertThat(LatteStreamSecret.of("lsk_confidential")).hasToString("lsk_******");
    }

    @ParameterizedTest
    @CsvSource({
        "the value lsk_abc is wrong, the value lsk_****** is wrong",
        "lsk_+/=, lsk_******",
        "lsk_.abc lsk_'abc lsk_*abc, lsk_****** lsk_****** lsk_******",
        "`lsk_` lsk_}, `lsk_` lsk_}",
        "lsk_ä lsk_1, lsk_****** lsk_******",
        "'{\"key\":\"lsk_a\",\"b\":1} c', '{\"key\":\"lsk_****** c'",
        "must start with lsk_; lsk_... lsk_******, must start with lsk_; lsk_... lsk_******",
        "lspk_public, lspk_public"
    })
    void masksSecretsInTexts(String text, String masked) {
        assertThat(LatteStreamSecret.mask(text)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource({"lspk_confidential,public key", "lspc_confidential,client token", "confidential,another prefix"})
    void refusesAnotherKindOfKeyWithoutRepeatingIt(String value, String said) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LatteStreamSecret.of(value))
                .withMessageContaining("must start with lsk_")
                .withMessageContaining(said)
                .satisfies(ex -> assertThat(ex).hasMessageNotContaining("confidential"));
    }

    @ParameterizedTest
    @NullAndEmptySource
    void reportsThatNoValueIsSet(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LatteStreamSecret.of(value))
                .withMessage("The LatteStream secret must start with lsk_; no value is set");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lsk_confidential\n", "lsk_confidential\r\nX-Injected: 1", "lsk_confi dential"})
    void refusesWhiteSpaceWhichWouldBreakTheHeader(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LatteStreamSecret.of(value))
                .withMessageContaining("white space")
                .satisfies(ex -> assertThat(ex).hasMessageNotContaining("confi"));
    }

    @Test
    void isEqualToTheSameSecret() {
        assertThat(LatteStreamSecret.of("lsk_a"))
                .isEqualTo(LatteStreamSecret.of("lsk_a"))
                .hasSameHashCodeAs(LatteStreamSecret.of("lsk_a"))
                .isNotEqualTo(LatteStreamSecret.of("lsk_b"));
    }
}
