package com.lattestream.spring.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelPatternTests {

    @Test
    void variablesAreReadFromTheChannel() {
        assertThat(ChannelPattern.of("private-order-{orderId}").match("private-order-42"))
                .contains(Map.of("orderId", "42"));
        assertThat(ChannelPattern.of("presence-{team}-room-{room}").match("presence-red-room-1-a"))
                .contains(Map.of("team", "red", "room", "1-a"));
        assertThat(ChannelPattern.of("private-lobby").match("private-lobby")).contains(Map.of());
    }

    @Test
    void aVariableEndsWhereThePatternGoesOn() {
        assertThat(ChannelPattern.of("private-{a}-{b}").match("private-1-2-3")).contains(Map.of("a", "1", "b", "2-3"));
    }

    @ParameterizedTest
    @CsvSource({
        "private-order-{id}, private-order-",
        "private-order-{id}, private-order",
        "private-order-{id}, xprivate-order-1",
        "private-order-{id}, presence-order-1",
        "private-{id}-x, private--x",
        "private-lobby, private-lobby2",
        "private.lobby.{id}, privatexlobbyx1",
        "'private-order-{id}', 'private-order-1\n'"
    })
    void otherChannelsDoNotMatch(String pattern, String channel) {
        if (pattern.startsWith("private.")) {
            assertThatIllegalArgumentException().isThrownBy(() -> ChannelPattern.of(pattern));
        } else {
            assertThat(ChannelPattern.of(pattern).match(channel)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "chat-{id}",
                "{any}",
                "private",
                "private-{}",
                "private-{a}{b}",
                "private-{a}-{a}",
                "private-{a",
                "private-a}",
                "private-a b",
                "private-*"
            })
    void invalidPatternsAreRejected(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> ChannelPattern.of(text));
    }

    @ParameterizedTest
    @CsvSource({
        "private-order-{id}, private-order-{other}, true",
        "private-{a}-x, private-x-{a}, true",
        "private-order-{id}, private-offer-{id}, false",
        "private-order-{id}, private-{type}-7, false",
        "private-{a}, presence-{a}, false",
        "private-lobby, private-lobby, true",
        "private-ab{x}, private-{x}ab, true",
        "private-ab{x}, private-cd{x}, false",
        "private-{x}a, private-{x}b, false",
        "private-{x}.{y}a, private-{x}.{y}b, false",
        "private-{x}-{y}, private-{z}--, false",
        "private-a{x}b, private-{x}ab, true",
        "private-abc, private-ab{x}, false",
        "private-{x}aa, private-a{x}a, true",
        "private-lobby, private-lobbx, false"
    })
    void twoOfWhichNeitherIsMoreSpecificAreAmbiguous(String one, String other, boolean ambiguous) {
        assertThat(ChannelPattern.of(one).isAmbiguousWith(ChannelPattern.of(other)))
                .isEqualTo(ambiguous);
        assertThat(ChannelPattern.of(other).isAmbiguousWith(ChannelPattern.of(one)))
                .isEqualTo(ambiguous);
    }
}
