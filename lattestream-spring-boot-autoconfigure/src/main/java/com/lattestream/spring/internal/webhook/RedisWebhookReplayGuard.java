package com.lattestream.spring.internal.webhook;

import com.lattestream.spring.webhook.WebhookReplayGuard;
import java.time.Duration;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Stores webhooks in Redis, for all instances that share it, and across restarts. Thread-safe. */
public final class RedisWebhookReplayGuard implements WebhookReplayGuard {

    private static final String PREFIX = "lattestream:webhook:";

    private final StringRedisTemplate redis;

    private final Duration retention;

    /**
     * Creates a guard.
     * @param redis the connection to Redis
     * @param retention the time for which a dispatched webhook is stored
     */
    public RedisWebhookReplayGuard(StringRedisTemplate redis, Duration retention) {
        this.redis = redis;
        this.retention = retention;
    }

    @Override
    public Claim claim(String id) {
        Boolean first = redis.opsForValue().setIfAbsent(PREFIX + id, Claim.IN_PROGRESS.name(), LEASE);
        if (Boolean.TRUE.equals(first)) {
            return Claim.GRANTED;
        }
        // if the claim has expired in between, a redelivery is granted
        return Claim.COMPLETED.name().equals(redis.opsForValue().get(PREFIX + id))
                ? Claim.COMPLETED
                : Claim.IN_PROGRESS;
    }

    @Override
    public void complete(String id) {
        redis.opsForValue().set(PREFIX + id, Claim.COMPLETED.name(), retention);
    }

    @Override
    public void release(String id) {
        redis.delete(PREFIX + id);
    }
}
