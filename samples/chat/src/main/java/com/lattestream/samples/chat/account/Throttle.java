package com.lattestream.samples.chat.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;

/**
 * Limits the number of attempts per key with a token bucket: a few attempts at the same time, then one in each
 * interval. Stores one number per key, the time at which all attempts are available again, and removes the key at that
 * time.
 */
final class Throttle<K> {

    static final int MAX_KEYS = 10_000;

    private final long interval;

    private final long capacity;

    private final Ticker ticker;

    private final Cache<K, Long> replenished;

    Throttle(int attempts, Duration interval, Ticker ticker) {
        this.interval = interval.toNanos();
        this.capacity = attempts * this.interval;
        this.ticker = ticker;
        this.replenished = Caffeine.newBuilder()
                .maximumSize(MAX_KEYS)
                .expireAfterWrite(Duration.ofNanos(capacity))
                .ticker(ticker)
                .build();
    }

    /** Uses one attempt. Throws an exception if none is available. */
    void acquire(K key) {
        replenished.asMap().compute(key, (same, time) -> {
            long now = ticker.read();
            long used = (time == null ? 0 : Math.max(0, time - now)) + interval;
            if (used > capacity) {
                throw new TooManyAttemptsException(Duration.ofNanos(used - capacity));
            }
            return now + used;
        });
    }

    /** Releases an attempt that should not count. */
    void release(K key) {
        replenished.asMap().computeIfPresent(key, (same, time) -> time - interval);
    }

    /** Returns the number of keys that are stored. */
    long size() {
        replenished.cleanUp();
        return replenished.estimatedSize();
    }
}
