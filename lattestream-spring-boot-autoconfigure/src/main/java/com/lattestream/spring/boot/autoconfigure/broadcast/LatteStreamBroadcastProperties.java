package com.lattestream.spring.boot.autoconfigure.broadcast;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of broadcasts. Immutable.
 *
 * @param enabled Whether to trigger application events and return values of methods that are annotated with @Broadcast.
 */
@ConfigurationProperties("lattestream.broadcast")
public record LatteStreamBroadcastProperties(
        @DefaultValue("true") boolean enabled) {}
