package com.lattestream.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

class SecretTextTests {

    /** Every method that has a secret as a parameter. */
    private static final List<Arguments> PLACES = List.of(
            place("LatteStreamSecret", LatteStreamSecret::of),
            place("WebhookSigner", WebhookSigner::new),
            place("ChannelSigner", ChannelSigner::new));

    /** Characters that copying adds to a secret, and characters that are not displayed. */
    private static final List<Integer> INVISIBLE = List.of(
            (int) ' ',
            (int) '\n',
            (int) '\r',
            (int) '\t',
            0x00,
            0x1b,
            0x7f,
            0x85, // controls and line breaks
            0xa0,
            0x2007,
            0x202f,
            0x3000,
            0x2028,
            0x2029, // no-break and other spaces, separators
            0xad,
            0x200b,
            0x200c,
            0x200d,
            0x200e,
            0x202e,
            0x2060,
            0xfeff,
            0xe0041, // format characters
            0xd800,
            0xdfff,
            0xe000,
            0xffff, // half surrogate pairs, private use, unassigned
            0x034f,
            0x115f,
            0x1160,
            0x3164,
            0xffa0,
            0x17b4,
            0x17b5,
            0x2800,
            0x180b,
            0x180f,
            0xfe00,
            0xfe0f,
            0xe0100,
            0xe01ef); // letters and marks without a shape

    private static Arguments place(String name, Consumer<String> secret) {
        return Arguments.argumentSet(name, secret);
    }

    @ParameterizedTest
    @FieldSource("PLACES")
    void aSecretWithAnInvisibleCharacterIsRefusedWithoutRepeatingIt(Consumer<String> place) {
        for (int character : INVISIBLE) {
            for (String form : List.of("lsk_confidential%s", "lsk_confi%sdential")) {
                assertThatIllegalArgumentException()
                        .as("U+%04X", character)
                        .isThrownBy(() -> place.accept(form.formatted(Character.toString(character))))
                        .withMessageContaining("must not have white space")
                        .withMessageContaining("but has U+%04X".formatted(character))
                        .satisfies(ex -> assertThat(ex).hasMessageNotContainingAny("confi", "dential"));
            }
        }
    }

    @ParameterizedTest
    @FieldSource("PLACES")
    void theLineBreakAtTheEndOfAFileIsRefused(Consumer<String> place) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> place.accept("lsk_confidential\r\n"))
                .withMessageContaining("line break");
    }

    @ParameterizedTest
    @FieldSource("PLACES")
    void anEmptySecretIsRefused(Consumer<String> place) {
        assertThatIllegalArgumentException().isThrownBy(() -> place.accept(""));
        assertThatIllegalArgumentException().isThrownBy(() -> place.accept(null));
    }

    @ParameterizedTest
    @MethodSource("visible")
    void aSecretOfVisibleCharactersIsAccepted(String secret) {
        assertThatNoException().isThrownBy(() -> PLACES.forEach(place -> accept(place, secret)));
    }

    private static Stream<String> visible() {
        String ascii = IntStream.rangeClosed('!', '~')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return Stream.of("lsk_" + ascii, "lsk_žluťoučký-🔑", "lsk_漢字");
    }

    @SuppressWarnings("unchecked")
    private static void accept(Arguments place, String secret) {
        Arrays.stream(place.get()).forEach(consumer -> ((Consumer<String>) consumer).accept(secret));
    }
}
