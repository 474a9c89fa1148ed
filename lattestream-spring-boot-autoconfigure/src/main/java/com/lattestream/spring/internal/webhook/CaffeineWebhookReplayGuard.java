package com.lattestream.spring.internal.webhook;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import com.lattestream.spring.webhook.WebhookReplayGuard;
import java.time.Duration;
import org.springframework.util.function.SingletonSupplier;

/** Stores the latest 100,000 webhooks in the memory of this instance. Thread-safe. */
public final class CaffeineWebhookReplayGuard implements WebhookReplayGuard {

    // a few megabytes; only signed webhooks can fill them
    private static final long MAX_WEBHOOKS = 100_000;

    // created with the first webhook, because an application that receives none starts sooner without
    private final SingletonSupplier<Cache<String, Claim>> states;

    /**
     * Creates a guard.
     * @param retention the time for which a dispatched webhook is stored
     */
    public CaffeineWebhookReplayGuard(Duration retention) {
        this(retention, Ticker.systemTicker());
    }

    CaffeineWebhookReplayGuard(Duration retention, Ticker ticker) {
        this.states = SingletonSupplier.of(() -> Caffeine.newBuilder()
                .maximumSize(MAX_WEBHOOKS)
                .ticker(ticker)
                .expireAfter(Expiry.<String, Claim>writing((id, state) -> state == Claim.COMPLETED ? retention : LEASE))
                .build());
    }

    @Override
    public Claim claim(String id) {
        Claim known = states.obtain().asMap().putIfAbsent(id, Claim.IN_PROGRESS);
        return known == null ? Claim.GRANTED : known;
    }

    @Override
    public void complete(String id) {
        states.obtain().put(id, Claim.COMPLETED);
    }

    @Override
    public void release(String id) {
        states.obtain().invalidate(id);
    }
}
