package com.lattestream.spring.boot.autoconfigure.broadcast;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which application events are triggered on channels. Immutable.
 *
 * @param enabled Whether events and methods with @Broadcast are triggered.
 */
@ConfigurationProperties("lattestream.broadcast")
public record LatteStreamBroadcastProperties(
        @DefaultValue("true") boolean enabled) {}
