package com.lattestream.test.internal.access;

import java.security.SecureRandom;
import java.util.Base64;

/** Generates unpredictable tokens; their characters need no encoding in a URL. Thread-safe. */
public final class RandomTokens {

    private static final int BYTES = 24;

    private final SecureRandom random = new SecureRandom();

    /** Creates a generator. */
    public RandomTokens() {}

    /**
     * Returns a new token.
     * @return 32 letters, digits, {@code -} and {@code _}
     */
    public String next() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
