package com.lattestream.test.internal.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Set of texts that expire after a fixed time; only the newest ones are kept. Thread-safe. */
final class ExpiringSet {

    private final Clock clock;

    private final Duration lifetime;

    private final int maxSize;

    // insertion order is the order of expiry, because all entries have the same lifetime
    private final Map<String, Instant> expiries = new LinkedHashMap<>();

    ExpiringSet(Clock clock, Duration lifetime, int maxSize) {
        this.clock = clock;
        this.lifetime = lifetime;
        this.maxSize = maxSize;
    }

    /** Adds a text and returns whether it was absent. If there are too many, the oldest one is removed. */
    synchronized boolean add(String text) {
        Instant now = clock.instant();
        dropExpired(now);
        if (expiries.putIfAbsent(text, now.plus(lifetime)) != null) {
            return false;
        }
        if (expiries.size() > maxSize) {
            Iterator<String> oldest = expiries.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        return true;
    }

    synchronized boolean contains(String text) {
        dropExpired(clock.instant());
        return expiries.containsKey(text);
    }

    private void dropExpired(Instant now) {
        Iterator<Instant> oldest = expiries.values().iterator();
        while (oldest.hasNext() && !oldest.next().isAfter(now)) {
            oldest.remove();
        }
    }
}
