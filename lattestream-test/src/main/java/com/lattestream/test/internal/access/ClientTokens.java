package com.lattestream.test.internal.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Issues and verifies client tokens, which clients can connect with instead of the public key. Each token is valid for
 * its lifetime; only the newest ones are kept. Thread-safe.
 */
public final class ClientTokens {

    /** Prefix of client tokens. */
    public static final String PREFIX = "lspc_";

    private static final int MAX_TOKENS = 100_000;

    private final RandomTokens random = new RandomTokens();

    private final Map<String, Instant> expiries = new LinkedHashMap<>();

    private final Clock clock;

    /**
     * Creates an instance without tokens.
     * @param clock determines the time
     */
    public ClientTokens(Clock clock) {
        this.clock = clock;
    }

    /**
     * Issues a token. If there are too many, the oldest one is revoked.
     * @param lifetime lifetime of the token
     * @return a new token, {@code lspc_...}
     */
    public synchronized String issue(Duration lifetime) {
        String token = PREFIX + random.next();
        expiries.put(token, clock.instant().plus(lifetime));
        if (expiries.size() > MAX_TOKENS) {
            Iterator<String> oldest = expiries.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        return token;
    }

    /**
     * Returns whether a token was issued and has not expired.
     * @param value the token of a client
     * @return whether the token is valid
     */
    public synchronized boolean accepts(String value) {
        Instant expiry = expiries.get(value);
        if (expiry == null) {
            return false;
        }
        if (expiry.isAfter(clock.instant())) {
            return true;
        }
        expiries.remove(value);
        return false;
    }
}
