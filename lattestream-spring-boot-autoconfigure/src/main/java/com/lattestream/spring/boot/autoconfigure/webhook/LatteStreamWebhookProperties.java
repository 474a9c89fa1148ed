package com.lattestream.spring.boot.autoconfigure.webhook;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What the service tells the application on its own. Immutable.
 *
 * @param enabled Whether webhooks are taken.
 * @param path Path at which the service delivers webhooks.
 * @param secrets Secrets that webhooks may be signed with, several while they are being changed. The application's secret
 *     by default.
 * @param maxBodySize How long a webhook may be. Longer ones are refused.
 * @param tolerance How far the time of a webhook may be from now, in the past and in the future.
 * @param replayGuard Where it is kept which webhooks have been dispatched: in memory, or in Redis for all instances.
 */
@ConfigurationProperties("lattestream.webhook")
public record LatteStreamWebhookProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("/webhooks/lattestream") String path,
        @DefaultValue List<String> secrets,
        @DefaultValue("1MB") DataSize maxBodySize,
        @DefaultValue("5m") Duration tolerance,
        @DefaultValue("caffeine") ReplayGuard replayGuard) {

    /** Returns a text that does not show the secrets. */
    @Override
    public String toString() {
        return "LatteStreamWebhookProperties[enabled=" + enabled + ", path=" + path + "]";
    }

    /** Where it is kept which webhooks have been dispatched. */
    public enum ReplayGuard {

        /** In the memory of this instance. */
        CAFFEINE,

        /** In Redis, for all instances that share it. */
        REDIS
    }
}
