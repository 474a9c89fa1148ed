package com.lattestream.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The metadata of the properties, as editors show it. */
class ConfigurationMetadataTests {

    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("lattestream.mode", "remote"),
            Map.entry("lattestream.secret", ""),
            Map.entry("lattestream.public-key", ""),
            Map.entry("lattestream.cluster", "eu1"),
            Map.entry("lattestream.endpoint", ""),
            Map.entry("lattestream.use-tls", "true"),
            Map.entry("lattestream.ssl.bundle", ""),
            Map.entry("lattestream.timeout", "30s"),
            Map.entry("lattestream.close-timeout", "10s"),
            Map.entry("lattestream.exit-code.enabled", "false"),
            Map.entry("lattestream.connection-pool.max-connections", "20"),
            Map.entry("lattestream.connection-pool.max-age", "5m"),
            Map.entry("lattestream.proxy.host", ""),
            Map.entry("lattestream.proxy.port", ""),
            Map.entry("lattestream.proxy.username", ""),
            Map.entry("lattestream.proxy.password", ""),
            Map.entry("lattestream.proxy.non-proxy-hosts", ""),
            Map.entry("lattestream.cache.timeout", "30s"),
            Map.entry("lattestream.cache.max-entries", "1000"),
            Map.entry("lattestream.retry.max-retries", ""),
            Map.entry("lattestream.retry.delay", "1s"),
            Map.entry("lattestream.retry.max-delay", "30s"),
            Map.entry("lattestream.retry.ambiguous", "retry"),
            Map.entry("lattestream.batching.max-queued-events", "10000"),
            Map.entry("lattestream.batching.max-queued-bytes", "32MB"),
            Map.entry("lattestream.batching.max-block", "1s"),
            Map.entry("lattestream.batching.delivery-timeout", "2m"),
            Map.entry("lattestream.circuit-breaker.enabled", "true"),
            Map.entry("lattestream.circuit-breaker.failure-rate-threshold", "50"),
            Map.entry("lattestream.circuit-breaker.sliding-window-size", "50"),
            Map.entry("lattestream.circuit-breaker.minimum-number-of-calls", "10"),
            Map.entry("lattestream.circuit-breaker.wait-duration-in-open-state", "5s"),
            Map.entry("lattestream.circuit-breaker.permitted-number-of-calls-in-half-open-state", "3"),
            Map.entry("lattestream.batching.enabled", "true"),
            Map.entry("lattestream.batching.size", "50"),
            Map.entry("lattestream.batching.interval", "100ms"),
            Map.entry("lattestream.auth.enabled", "true"),
            Map.entry("lattestream.auth.path", "/auth"),
            Map.entry("lattestream.auth.mode", "remote"),
            Map.entry("lattestream.auth.unmatched", "deny"),
            Map.entry("lattestream.broadcast.enabled", "true"),
            Map.entry("lattestream.webhook.enabled", "true"),
            Map.entry("lattestream.webhook.path", "/webhooks/lattestream"),
            Map.entry("lattestream.webhook.secrets", ""),
            Map.entry("lattestream.webhook.max-body-size", "1MB"),
            Map.entry("lattestream.webhook.max-unverified-bodies", "16"),
            Map.entry("lattestream.webhook.read-timeout", "10s"),
            Map.entry("lattestream.webhook.tolerance", "5m"),
            Map.entry("lattestream.webhook.replay-guard", "caffeine"),
            Map.entry("lattestream.engine.enabled", "false"),
            Map.entry("lattestream.engine.port", "0"),
            Map.entry("lattestream.engine.allowed-origins", ""),
            Map.entry("management.health.lattestream.enabled", "true"),
            Map.entry("management.health.lattestream.probe", "false"),
            Map.entry("management.endpoint.lattestream.access", "unrestricted"),
            Map.entry("management.endpoint.lattestream.cache.time-to-live", "0ms"),
            Map.entry("management.info.lattestream.enabled", "false"));

    private final JsonNode properties = read().path("properties");

    @Test
    void holdsTheseProperties() {
        assertThat(StreamSupport.stream(properties.spliterator(), false)
                        .map(property -> property.path("name").asString()))
                .containsExactlyInAnyOrderElementsOf(DEFAULTS.keySet());
    }

    @TestFactory
    Stream<DynamicTest> eachPropertyHasADescriptionAndItsDefault() {
        return StreamSupport.stream(properties.spliterator(), false)
                .map(property -> DynamicTest.dynamicTest(property.path("name").asString(), () -> {
                    assertThat(property.path("description").asString("")).matches("[A-Z].*\\.");
                    assertThat(property.path("defaultValue").asString(""))
                            .isEqualTo(DEFAULTS.get(property.path("name").asString()));
                }));
    }

    private static JsonNode read() {
        try (InputStream in = ConfigurationMetadataTests.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI()
                .resolve("../classes/META-INF/spring-configuration-metadata.json")
                .toURL()
                .openStream()) {
            return JsonMapper.shared().readTree(in);
        } catch (IOException | URISyntaxException ex) {
            throw new IllegalStateException(ex);
        }
    }
}
