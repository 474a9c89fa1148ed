package com.lattestream.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class SocketIdTests {

    @ParameterizedTest
    @ValueSource(strings = {"1.2", "123.456", "abcdef.0123456789"})
    void twoHexadecimalNumbersAreSignable(String id) {
        assertThat(SocketId.isSignable(id)).isTrue();
        assertThat(SocketId.requireSignable(id)).isEqualTo(id);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"1", "1.", ".2", "1.2.3", "1.2:private-a", "A.B", "1.2\n", " 1.2", "１.2"})
    void nothingElseIsSignable(String id) {
        assertThat(SocketId.isSignable(id)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> SocketId.requireSignable(id));
    }

    @Test
    void eachNumberHasAtMostThirtyTwoDigits() {
        assertThat(SocketId.isSignable("1".repeat(32) + "." + "2".repeat(32))).isTrue();
        assertThat(SocketId.isSignable("1".repeat(33) + ".2")).isFalse();
        assertThat(SocketId.isSignable("1." + "2".repeat(33))).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> SocketId.requireSignable("1." + "2".repeat(33)));
    }
}
