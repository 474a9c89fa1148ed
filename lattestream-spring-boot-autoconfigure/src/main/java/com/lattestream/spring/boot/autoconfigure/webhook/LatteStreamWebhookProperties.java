package com.lattestream.spring.boot.autoconfigure.webhook;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Properties of webhooks, which the service sends to the application. Immutable.
 *
 * @param enabled Whether webhooks are received.
 * @param path Path to which the service sends webhooks.
 * @param secrets Accepted secrets of webhook signatures, more than one while secrets are being rotated. By default, the
 * secret of the application.
 * @param maxBodySize Maximum size of a webhook.
 * @param maxUnverifiedBodies Maximum number of request bodies that are read at the same time before their signature can
 * be verified. Further requests are rejected with status 503.
 * @param readTimeout Maximum time until the body of a webhook must be received completely.
 * @param tolerance Maximum difference between the time of a webhook and the current time, in the past and in the
 * future.
 * @param replayGuard Store of dispatched webhooks: in memory, or in Redis for all instances.
 */
@ConfigurationProperties("lattestream.webhook")
public record LatteStreamWebhookProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("/webhooks/lattestream") String path,
        @DefaultValue List<String> secrets,
        @DefaultValue("1MB") DataSize maxBodySize,
        @DefaultValue("16") int maxUnverifiedBodies,
        @DefaultValue("10s") Duration readTimeout,
        @DefaultValue("5m") Duration tolerance,
        @DefaultValue("caffeine") ReplayGuard replayGuard) {

    /** Returns a string that does not show the secrets. */
    @Override
    public String toString() {
        return "LatteStreamWebhookProperties[enabled=" + enabled + ", path=" + path + "]";
    }

    /** The store of dispatched webhooks. */
    public enum ReplayGuard {

        /** In the memory of this instance. */
        CAFFEINE,

        /** In Redis, for all instances that share it. */
        REDIS
    }
}
