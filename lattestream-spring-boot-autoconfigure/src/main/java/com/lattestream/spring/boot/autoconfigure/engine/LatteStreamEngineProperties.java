package com.lattestream.spring.boot.autoconfigure.engine;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What can be said about the local engine in the application's configuration. Immutable.
 *
 * @param enabled Whether to start a local engine and to talk to it instead of the service. Needs lattestream-test.
 * @param port Port the local engine listens on. Zero for any free one.
 */
@ConfigurationProperties("lattestream.engine")
public record LatteStreamEngineProperties(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("0") int port) {}
