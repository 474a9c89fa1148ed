package com.lattestream.test.internal.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Issues what a client may connect with instead of the public key, and knows it again: each token for as long as it was
 * issued for, and the newest ones only. Thread-safe.
 */
public final class ClientTokens {

    /** What such tokens start with. */
    public static final String PREFIX = "lspc_";

    private static final int MAX_TOKENS = 100_000;

    private final RandomTokens random = new RandomTokens();

    private final Map<String, Instant> expiries = new LinkedHashMap<>();

    private final Clock clock;

    /**
     * Creates it with nothing issued.
     * @param clock tells when tokens expire
     */
    public ClientTokens(Clock clock) {
        this.clock = clock;
    }

    /**
     * Issues a token. When it is one too many, the oldest is forgotten.
     * @param lifetime how long it is accepted
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
     * Tells whether a token was issued and has not expired.
     * @param shown what was shown
     * @return whether a client may connect with it
     */
    public synchronized boolean accepts(String shown) {
        Instant expiry = expiries.get(shown);
        if (expiry == null) {
            return false;
        }
        if (expiry.isAfter(clock.instant())) {
            return true;
        }
        expiries.remove(shown);
        return false;
    }
}
