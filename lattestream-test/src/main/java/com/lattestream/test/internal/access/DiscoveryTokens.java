package com.lattestream.test.internal.access;

import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Issues what opens a WebSocket, and knows it again. Thread-safe. */
public final class DiscoveryTokens {

    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private static final int MAX_TOKENS = 10_000;

    private final RandomTokens random = new RandomTokens();

    private final Clock clock;

    private final ExpiringSet issued;

    /**
     * Creates it with nothing issued.
     * @param clock tells when tokens expire
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
     * Tells whether a token was issued and has not expired.
     * @param shown what was shown; null is never accepted
     * @return whether it may open a WebSocket
     */
    public boolean accepts(@Nullable String shown) {
        return shown != null && issued.contains(shown);
    }
}
