package com.lattestream.core.crypto;

import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The secret of an application ({@code lsk_...}): the credential of its requests and the key of its signatures. Its
 * string representation does not contain the value. Immutable.
 */
public final class LatteStreamSecret {

    private static final String PREFIX = "lsk_";

    private static final String MASKED = PREFIX + "******";

    // up to the next white space; without a letter, a digit or such a character, as in lsk_..., it is a description
    private static final Pattern SECRET = Pattern.compile(PREFIX + "(?=\\S*[\\p{L}\\p{N}+/=_-])\\S+");

    private final String value;

    private LatteStreamSecret(String value) {
        this.value = value;
    }

    /**
     * Creates a secret from its text, as displayed by the LatteStream dashboard.
     * @param value the whole secret, prefix included
     * @return the secret
     * @throws IllegalArgumentException if it does not start with {@code lsk_}, or has white space, control characters
     * or invisible characters, such as a trailing line break; the message does not contain the value
     */
    public static LatteStreamSecret of(String value) {
        if (value == null || !value.startsWith(PREFIX)) {
            throw new IllegalArgumentException(
                    "The LatteStream secret must start with " + PREFIX + "; " + guess(value));
        }
        return new LatteStreamSecret(SecretText.require("The LatteStream secret", value));
    }

    /**
     * Masks the secrets in a text that is displayed or logged, such as a value from an external source.
     * @param text any text
     * @return the text with {@code lsk_******} in place of each secret and the characters up to the next white space
     */
    public static String mask(String text) {
        return text.contains(PREFIX) ? SECRET.matcher(text).replaceAll(MASKED) : text;
    }

    /**
     * Returns the value of the secret, to be sent to the service. Never log it.
     * @return the secret, prefix included
     */
    public String reveal() {
        return value;
    }

    // describes the value by a known prefix, never by its text
    private static String guess(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            return "no value is set";
        }
        if (value.startsWith("lspk_")) {
            return "the value is a public key (lspk_...), which is for browsers";
        }
        if (value.startsWith("lspc_")) {
            return "the value is a client token (lspc_...), which is for browsers";
        }
        return "the value has another prefix";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LatteStreamSecret secret && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return Objects.hash(value);
    }

    /** Returns a string that does not show the secret. */
    @Override
    public String toString() {
        return MASKED;
    }
}
