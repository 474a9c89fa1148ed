package com.lattestream.test.internal.access;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes texts that nobody guesses, of characters that need no encoding in an address. Thread-safe. */
public final class RandomTokens {

    private static final int BYTES = 24;

    private final SecureRandom random = new SecureRandom();

    /** Creates it. */
    public RandomTokens() {}

    /**
     * Makes another one.
     * @return 32 letters, digits, {@code -} and {@code _}
     */
    public String next() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
