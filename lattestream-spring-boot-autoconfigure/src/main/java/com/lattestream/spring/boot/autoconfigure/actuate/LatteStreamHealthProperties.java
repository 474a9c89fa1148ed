package com.lattestream.spring.boot.autoconfigure.actuate;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What can be said about the health of LatteStream. Immutable.
 *
 * @param enabled Whether to tell the health of LatteStream.
 * @param probe Whether to ask the service, at most once in 30 seconds, rather than to go by the last requests.
 */
@ConfigurationProperties("management.health.lattestream")
public record LatteStreamHealthProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("false") boolean probe) {}
