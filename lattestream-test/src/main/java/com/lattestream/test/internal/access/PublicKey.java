package com.lattestream.test.internal.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The public key that browsers connect with. Immutable. */
public final class PublicKey {

    // the browser client inserts the key into a URL without encoding
    private static final Pattern FORM = Pattern.compile("lspk_[A-Za-z0-9_.~-]+");

    private final String value;

    private PublicKey(String value) {
        this.value = value;
    }

    /**
     * Creates a public key.
     * @param value the complete key, including its prefix
     * @return the key
     * @throws IllegalArgumentException if the key is not valid
     */
    public static PublicKey of(@Nullable String value) {
        if (value == null || !FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "The public key must be lspk_ followed by letters, digits or - _ . ~, because browsers insert it"
                            + " into a URL without encoding");
        }
        return new PublicKey(value);
    }

    /**
     * Returns the key.
     * @return the complete key, including its prefix
     */
    public String value() {
        return value;
    }

    /**
     * Returns whether a key equals this key.
     * @param key the key of a client; null is never equal
     * @return whether the keys are equal
     */
    public boolean matches(@Nullable String key) {
        return key != null && MessageDigest.isEqual(value.getBytes(UTF_8), key.getBytes(UTF_8));
    }
}
