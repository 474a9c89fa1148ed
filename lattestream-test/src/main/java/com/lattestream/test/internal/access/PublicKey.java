package com.lattestream.test.internal.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The key that browsers show. Immutable. */
public final class PublicKey {

    // the browser client puts it into an address as it is
    private static final Pattern FORM = Pattern.compile("lspk_[A-Za-z0-9_.~-]+");

    private final String value;

    private PublicKey(String value) {
        this.value = value;
    }

    /**
     * Takes a public key.
     * @param value the whole key, prefix included
     * @return the key
     * @throws IllegalArgumentException if it is none
     */
    public static PublicKey of(@Nullable String value) {
        if (value == null || !FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "The public key must be lspk_ and then letters, digits or - _ . ~, for browsers put it into"
                            + " an address as it is");
        }
        return new PublicKey(value);
    }

    /**
     * Returns the key.
     * @return the whole key, prefix included
     */
    public String value() {
        return value;
    }

    /**
     * Tells whether a key that was shown is this one.
     * @param shown what was shown; null is never the key
     * @return whether it is
     */
    public boolean matches(@Nullable String shown) {
        return shown != null && MessageDigest.isEqual(value.getBytes(UTF_8), shown.getBytes(UTF_8));
    }
}
