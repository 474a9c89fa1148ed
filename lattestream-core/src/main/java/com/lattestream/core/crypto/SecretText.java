package com.lattestream.core.crypto;

/**
 * The rule for the text of every secret: visible characters only. Other characters result from a mistake in copying or
 * in a file, such as a trailing line break or a zero-width space, and would make every signature invalid without an
 * explanation.
 */
final class SecretText {

    private SecretText() {}

    /**
     * Returns the secret if it has visible characters only.
     * @param what the name of the secret in a message, which never contains its value
     * @throws IllegalArgumentException if the secret is null or empty, or has another character
     */
    static String require(String what, String secret) {
        if (secret == null || secret.isEmpty()) {
            throw new IllegalArgumentException(what + " must not be null or empty");
        }
        secret.codePoints().filter(SecretText::isInvisible).findFirst().ifPresent(character -> {
            throw new IllegalArgumentException(what + " must not have white space, line breaks, control characters or"
                    + " invisible characters, but has " + "U+%04X".formatted(character)
                    + "; remove it, for instance the line break at the end of a file");
        });
        return secret;
    }

    private static boolean isInvisible(int character) {
        return switch (Character.getType(character)) {
            // Z*: white space, among it the no-break space
            case Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    // C*: line breaks, zero-width characters, direction marks, byte order marks, half surrogate pairs
                    Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            default -> isBlank(character);
        };
    }

    // letters, symbols and marks without a visible shape
    private static boolean isBlank(int character) {
        return character == 0x034f // combining grapheme joiner
                || character == 0x115f // Hangul fillers
                || character == 0x1160
                || character == 0x3164
                || character == 0xffa0
                || character == 0x17b4 // Khmer inherent vowels
                || character == 0x17b5
                || character == 0x2800 // empty Braille pattern
                || (character >= 0x180b && character <= 0x180f) // variation selectors
                || (character >= 0xfe00 && character <= 0xfe0f)
                || (character >= 0xe0100 && character <= 0xe01ef);
    }
}
