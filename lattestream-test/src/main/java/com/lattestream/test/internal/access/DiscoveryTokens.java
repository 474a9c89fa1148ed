package com.lattestream.test.internal.access;

import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Issues and verifies the tokens that are required for opening a WebSocket. Thread-safe. */
public final class DiscoveryTokens {

    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private static final int MAX_TOKENS = 10_000;

    private final RandomTokens random = new RandomTokens();

    private final Clock clock;

    private final ExpiringSet issued;

    /**
     * Creates an instance without tokens.
     * @param clock determines the time
     */
    public DiscoveryTokens(Clock clock) {
        this.clock = clock;
        this.issued = new ExpiringSet(clock, LIFETIME, MAX_TOKENS);
    }

    /**
     * Issues a token.
     * @return a new token
     */
    public DiscoveryToken issue() {
        String value = random.next();
        DiscoveryToken token = new DiscoveryToken(value, clock.instant().plus(LIFETIME));
        issued.add(value);
        return token;
    }

    /**
     * Returns whether a token was issued and has not expired.
     * @param value the token of a client; null is never valid
     * @return whether the token is valid
     */
    public boolean accepts(@Nullable String value) {
        return value != null && issued.contains(value);
    }
}
