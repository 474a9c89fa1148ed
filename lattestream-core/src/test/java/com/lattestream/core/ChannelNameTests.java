package com.lattestream.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelNameTests {

    @ParameterizedTest
    @ValueSource(strings = {"a", "private-order-7", "presence-x", "AZaz09_-=@.;"})
    void aNameOfLegalCharactersIsValid(String name) {
        assertThat(ChannelName.isValid(name)).isTrue();
        assertThat(ChannelName.require(name)).isSameAs(name);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"a,b", ",", "private-a,", "a b", "a/b", "a\n", "é", "a\u200b"})
    void anyOtherNameIsRefused(String name) {
        assertThat(ChannelName.isValid(name)).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChannelName.require(name))
                .withMessageContaining("a-z A-Z 0-9 _ - = @ . ;");
    }

    @Test
    void theMessageForACommaExplainsThatItSeparatesNames() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChannelName.require("a,b"))
                .withMessage("Channel name 'a,b' must have 1 to 200 characters of a-z A-Z 0-9 _ - = @ . ;:"
                        + " a comma separates channel names");
    }

    @Test
    void aNameHasAtMostTwoHundredCharacters() {
        assertThat(ChannelName.isValid("a".repeat(200))).isTrue();
        assertThat(ChannelName.isValid("a".repeat(201))).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChannelName.require("a".repeat(201)))
                .withMessageContaining("has 201 characters");
    }

    @Test
    void aNameWithACommaCanOnlyBeQueried() {
        assertThat(ChannelName.requireReadable("a,b")).isEqualTo("a,b");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChannelName.requireReadable("a/b"))
                .withMessageEndingWith("a-z A-Z 0-9 _ - = @ . ; or a comma");
        assertThatIllegalArgumentException().isThrownBy(() -> ChannelName.requireReadable(null));
    }

    @Test
    void theCharacterClassMatchesTheLegalCharacters() {
        Pattern legal = Pattern.compile(ChannelName.CHARACTER_CLASS);

        assertThat(IntStream.rangeClosed(0, Character.MAX_VALUE).mapToObj(Character::toString))
                .allSatisfy(character -> assertThat(ChannelName.isValid(character))
                        .isEqualTo(legal.matcher(character).matches()));
    }

    @Test
    void onlyPrivateAndPresenceChannelsAreAuthorized() {
        assertThat(ChannelName.requireAuthorizable("private-a")).isEqualTo("private-a");
        assertThat(ChannelName.requireAuthorizable("presence-a")).isEqualTo("presence-a");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChannelName.requireAuthorizable("a"))
                .withMessageContaining("is public");
        assertThatIllegalArgumentException().isThrownBy(() -> ChannelName.requireAuthorizable("private-a,b"));
        assertThatIllegalArgumentException().isThrownBy(() -> ChannelName.requirePresence("private-a"));
        assertThatIllegalArgumentException().isThrownBy(() -> ChannelName.requirePresence("presence-a,presence-b"));
    }
}
