package com.lattestream.core;

import com.lattestream.core.internal.validation.Quoted;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long an event is useful, and which events replace it.
 *
 * @param expiry the time after which the event expires; null for the delivery timeout
 * @param conflationKey the key by which the event is conflated; null if it is not
 */
record Freshness(@Nullable Duration expiry, @Nullable String conflationKey) {

    // as for every duration of a client: it can be added to a time in nanoseconds
    private static final Duration MAX_EXPIRY = Duration.ofDays(365);

    // as for names: the keys of waiting events are in memory in addition to the bytes that the queue limits
    private static final int MAX_KEY_LENGTH = 200;

    static Freshness expiringAfter(Duration expiry, String event, @Nullable Freshness before) {
        if (expiry == null) {
            throw new IllegalArgumentException("The expiry of event " + Quoted.of(event)
                    + " must not be null; leave it out for an event that expires with the delivery timeout");
        }
        if (expiry.isNegative() || expiry.isZero()) {
            throw new IllegalArgumentException(
                    "The expiry of event " + Quoted.of(event) + " is " + expiry + "; it must be longer than zero");
        }
        if (expiry.compareTo(MAX_EXPIRY) > 0) {
            throw new IllegalArgumentException("The expiry of event " + Quoted.of(event) + " is " + expiry
                    + "; it must be at most " + MAX_EXPIRY.toDays()
                    + " days. The delivery timeout of the client limits it in any case");
        }
        return new Freshness(expiry, before == null ? null : before.conflationKey);
    }

    static Freshness conflatedBy(String key, @Nullable Freshness before) {
        return new Freshness(before == null ? null : before.expiry, key);
    }

    static String requireKey(String key, String event) {
        if (key == null || key.isEmpty()) {
            throw new IllegalArgumentException("The conflation key " + Quoted.of(key) + " of event " + Quoted.of(event)
                    + " must not be null or empty; conflated() needs no key");
        }
        if (key.length() > MAX_KEY_LENGTH) {
            throw new IllegalArgumentException("The conflation key " + Quoted.of(key) + " of event " + Quoted.of(event)
                    + " has " + key.length() + " characters; it must have 1 to " + MAX_KEY_LENGTH);
        }
        return key;
    }
}
