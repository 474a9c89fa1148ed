package com.lattestream.spring.boot.autoconfigure.engine;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of the local engine. Immutable.
 *
 * @param enabled Whether to start a local engine and to use it instead of the service. Requires lattestream-test.
 * @param port Port that the local engine listens on. Zero for any free port.
 * @param allowedOrigins Origins whose pages may use the local engine, such as https://app.example, in addition to pages
 * of localhost and of IP addresses.
 */
@ConfigurationProperties("lattestream.engine")
public record LatteStreamEngineProperties(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("0") int port,
        @DefaultValue List<String> allowedOrigins) {

    /**
     * Creates the properties, with an unmodifiable copy of the list.
     * @param enabled whether to start a local engine
     * @param port port of the local engine
     * @param allowedOrigins origins whose pages may use it
     */
    public LatteStreamEngineProperties {
        allowedOrigins = List.copyOf(allowedOrigins);
    }
}
