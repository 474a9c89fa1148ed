package com.lattestream.test.internal.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Texts that are remembered for a while: each for the same time, and the newest ones only. Thread-safe. */
final class ExpiringSet {

    private final Clock clock;

    private final Duration lifetime;

    private final int maxSize;

    // in the order of their expiry, for all live equally long
    private final Map<String, Instant> expiries = new LinkedHashMap<>();

    ExpiringSet(Clock clock, Duration lifetime, int maxSize) {
        this.clock = clock;
        this.lifetime = lifetime;
        this.maxSize = maxSize;
    }

    /** Adds a text, unless it is there already. When it is one too many, the oldest goes. */
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
