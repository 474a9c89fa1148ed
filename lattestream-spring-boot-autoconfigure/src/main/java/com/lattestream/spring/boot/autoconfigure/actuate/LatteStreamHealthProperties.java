package com.lattestream.spring.boot.autoconfigure.actuate;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of the health of LatteStream. Immutable.
 *
 * @param enabled Whether to enable the LatteStream health check.
 * @param probe Whether to send a request to the service, at most once in 30 seconds, instead of evaluating the last
 * requests only.
 */
@ConfigurationProperties("management.health.lattestream")
public record LatteStreamHealthProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("false") boolean probe) {}
