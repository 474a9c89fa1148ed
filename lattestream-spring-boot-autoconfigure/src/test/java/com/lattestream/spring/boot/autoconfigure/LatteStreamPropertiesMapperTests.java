package com.lattestream.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.LatteStreamClientBuilder;
import com.lattestream.spring.LatteStreamConnectionDetails;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class LatteStreamPropertiesMapperTests {

    private static final String SECRET = "lsk_test_of_the_mapper";

    @Test
    void everyPropertyReachesTheBuilder() {
        LatteStreamClientBuilder builder = map(Map.ofEntries(
                Map.entry("lattestream.secret", SECRET),
                Map.entry("lattestream.cluster", "us1"),
                Map.entry("lattestream.endpoint", "localhost:8080/base"),
                Map.entry("lattestream.use-tls", "false"),
                Map.entry("lattestream.timeout", "1s"),
                Map.entry("lattestream.close-timeout", "20s"),
                Map.entry("lattestream.connection-pool.max-connections", "2"),
                Map.entry("lattestream.connection-pool.max-age", "3s"),
                Map.entry("lattestream.proxy.host", "proxy.example.com"),
                Map.entry("lattestream.proxy.port", "3128"),
                Map.entry("lattestream.proxy.username", "alice"),
                Map.entry("lattestream.proxy.password", "open-sesame"),
                Map.entry("lattestream.proxy.non-proxy-hosts", "*.internal,localhost"),
                Map.entry("lattestream.cache.timeout", "4s"),
                Map.entry("lattestream.cache.max-entries", "5"),
                Map.entry("lattestream.retry.max-retries", "6"),
                Map.entry("lattestream.retry.delay", "7s"),
                Map.entry("lattestream.retry.max-delay", "8s"),
                Map.entry("lattestream.batching.enabled", "false"),
                Map.entry("lattestream.batching.size", "9"),
                Map.entry("lattestream.batching.interval", "10s"),
                Map.entry("lattestream.retry.ambiguous", "fail"),
                Map.entry("lattestream.batching.max-queued-events", "11"),
                Map.entry("lattestream.batching.max-queued-bytes", "12KB"),
                Map.entry("lattestream.batching.max-block", "0"),
                Map.entry("lattestream.batching.delivery-timeout", "13s"),
                Map.entry("lattestream.circuit-breaker.enabled", "false"),
                Map.entry("lattestream.circuit-breaker.failure-rate-threshold", "14"),
                Map.entry("lattestream.circuit-breaker.sliding-window-size", "15"),
                Map.entry("lattestream.circuit-breaker.minimum-number-of-calls", "16"),
                Map.entry("lattestream.circuit-breaker.wait-duration-in-open-state", "17s"),
                Map.entry("lattestream.circuit-breaker.permitted-number-of-calls-in-half-open-state", "18")));
        assertThat(builder)
                .hasFieldOrPropertyWithValue("cluster", "us1")
                .hasFieldOrPropertyWithValue("endpoint", "localhost:8080/base")
                .hasFieldOrPropertyWithValue("useTls", false)
                .hasFieldOrPropertyWithValue("timeout", Duration.ofSeconds(1))
                .hasFieldOrPropertyWithValue("closeTimeout", Duration.ofSeconds(20))
                .hasFieldOrPropertyWithValue("maxConnections", 2)
                .hasFieldOrPropertyWithValue("connectionMaxAge", Duration.ofSeconds(3))
                .hasFieldOrPropertyWithValue("proxyHost", "proxy.example.com")
                .hasFieldOrPropertyWithValue("proxyPort", 3128)
                .hasFieldOrPropertyWithValue("nonProxyHosts", List.of("*.internal", "localhost"))
                .hasFieldOrPropertyWithValue("cacheTimeout", Duration.ofSeconds(4))
                .hasFieldOrPropertyWithValue("cacheMaxEntries", 5)
                .hasFieldOrPropertyWithValue("maxRetries", 6)
                .hasFieldOrPropertyWithValue("retryDelay", Duration.ofSeconds(7))
                .hasFieldOrPropertyWithValue("retryMaxDelay", Duration.ofSeconds(8))
                .hasFieldOrPropertyWithValue("enableBatching", false)
                .hasFieldOrPropertyWithValue("batchSize", 9)
                .hasFieldOrPropertyWithValue("batchInterval", Duration.ofSeconds(10))
                .hasFieldOrPropertyWithValue("retryAmbiguous", false)
                .hasFieldOrPropertyWithValue("maxQueuedEvents", 11)
                .hasFieldOrPropertyWithValue("maxQueuedBytes", 12 * 1024)
                .hasFieldOrPropertyWithValue("maxBlock", Duration.ZERO)
                .hasFieldOrPropertyWithValue("deliveryTimeout", Duration.ofSeconds(13))
                .hasFieldOrPropertyWithValue("enableCircuitBreaker", false)
                .hasFieldOrPropertyWithValue("circuitBreakerFailureRateThreshold", 14)
                .hasFieldOrPropertyWithValue("circuitBreakerSlidingWindowSize", 15)
                .hasFieldOrPropertyWithValue("circuitBreakerMinimumNumberOfCalls", 16)
                .hasFieldOrPropertyWithValue("circuitBreakerWaitDurationInOpenState", Duration.ofSeconds(17))
                .hasFieldOrPropertyWithValue("circuitBreakerPermittedNumberOfCallsInHalfOpenState", 18);
    }

    @Test
    void theDefaultsAreThoseOfTheClient() {
        assertThat(map(Map.of("lattestream.secret", SECRET)))
                .usingRecursiveComparison()
                .ignoringFields("secret", "jsonMapper", "undeliveredEventHandler")
                .isEqualTo(LatteStreamClient.builder(SECRET));
    }

    @ParameterizedTest
    @CsvSource({
        "cluster, no cluster",
        "cluster, -eu1",
        "endpoint, https://eu1.lattestream.com",
        "endpoint, no host",
        "endpoint, localhost:99999",
        "timeout, 0s",
        "timeout, -1s",
        "close-timeout, -1s",
        "connection-pool.max-connections, 0",
        "connection-pool.max-age, 0s",
        "proxy.port, 3128",
        "proxy.password, open-sesame",
        "cache.timeout, -1s",
        "cache.max-entries, 0",
        "retry.max-retries, -1",
        "retry.delay, 0s",
        "retry.max-delay, 0s",
        "batching.size, 0",
        "batching.interval, 0s",
        "batching.max-queued-events, 0",
        "batching.max-queued-bytes, 0B",
        "batching.max-queued-bytes, 2GB",
        "batching.max-block, -1s",
        "batching.delivery-timeout, 0s",
        "batching.delivery-timeout, 366d",
        "circuit-breaker.failure-rate-threshold, 0",
        "circuit-breaker.failure-rate-threshold, 101",
        "circuit-breaker.sliding-window-size, 0",
        "circuit-breaker.minimum-number-of-calls, 0",
        "circuit-breaker.wait-duration-in-open-state, 0s",
        "circuit-breaker.permitted-number-of-calls-in-half-open-state, 0"
    })
    void anInvalidValueIsAttributedToItsProperty(String property, String value) {
        assertThatExceptionOfType(InvalidLatteStreamPropertyException.class)
                .isThrownBy(() -> map(Map.of("lattestream.secret", SECRET, "lattestream." + property, value)))
                .satisfies(ex -> {
                    assertThat(ex.property()).isEqualTo("lattestream." + property);
                    assertThat(ex.reason()).contains("must");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "host, http://proxy, 3128, alice",
        "port, proxy, , alice",
        "port, proxy, 0, alice",
        "port, proxy, 65536, alice",
        "username, proxy, 3128, ali:ce"
    })
    void anInvalidProxyIsAttributedToItsProperty(String property, String host, String port, String username) {
        Map<String, String> values = new HashMap<>(Map.of(
                "lattestream.secret", SECRET,
                "lattestream.proxy.host", host,
                "lattestream.proxy.username", username,
                "lattestream.proxy.password", "open-sesame"));
        if (port != null) {
            values.put("lattestream.proxy.port", port);
        }
        assertThatExceptionOfType(InvalidLatteStreamPropertyException.class)
                .isThrownBy(() -> map(values))
                .satisfies(ex -> assertThat(ex.property()).isEqualTo("lattestream.proxy." + property))
                .withMessageNotContaining("open-sesame");
    }

    @Test
    void thePropertiesDoNotPrintThePasswordOfTheProxy() {
        LatteStreamProperties properties = bind(Map.of(
                "lattestream.secret", SECRET,
                "lattestream.proxy.host", "proxy",
                "lattestream.proxy.password", "open-sesame"));
        assertThat(properties.toString()).doesNotContain("open-sesame");
        assertThat(properties.proxy().toString()).contains("host=proxy").doesNotContain("open-sesame");
    }

    @Test
    void aLocalEngineIsReachedWithoutTheProxy() {
        LatteStreamConnectionDetails engine = new LatteStreamConnectionDetails() {
            @Override
            public String getSecret() {
                return SECRET;
            }

            @Override
            public String getEndpoint() {
                return "localhost:8787";
            }
        };
        LatteStreamProperties properties =
                bind(Map.of("lattestream.proxy.host", "proxy", "lattestream.proxy.port", "3128"));
        assertThat(new LatteStreamPropertiesMapper(properties).createBuilder(engine))
                .hasFieldOrPropertyWithValue("proxyHost", "proxy")
                .hasFieldOrPropertyWithValue("nonProxyHosts", List.of("localhost", "127.*", "[::1]"));
    }

    @ParameterizedTest
    @CsvSource({"lspk_a_public_key", "lspc_a_client_token", "something_else", "'lsk_with_a_line_break\n'"})
    void anInvalidSecretIsNotRepeated(String secret) {
        assertThatExceptionOfType(InvalidLatteStreamPropertyException.class)
                .isThrownBy(() -> map(Map.of("lattestream.secret", secret)))
                .withMessageContaining("'lattestream.secret'")
                .withMessageNotContaining(secret.strip());
    }

    @Test
    void emptyValuesOfTheEnvironmentAreAsIfAbsent() {
        assertThat(map(Map.of("lattestream.secret", SECRET, "lattestream.cluster", "", "lattestream.endpoint", "")))
                .hasFieldOrPropertyWithValue("cluster", "eu1");
    }

    @Test
    void invalidConnectionDetailsOfTheApplicationAreNotAttributedToAProperty() {
        LatteStreamConnectionDetails details = new LatteStreamConnectionDetails() {
            @Override
            public String getSecret() {
                return SECRET;
            }

            @Override
            public String getEndpoint() {
                return "no host";
            }
        };
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LatteStreamPropertiesMapper(bind(Map.of())).createBuilder(details))
                .withMessageContaining("'no host'");
    }

    private static LatteStreamClientBuilder map(Map<String, String> values) {
        LatteStreamProperties properties = bind(values);
        return new LatteStreamPropertiesMapper(properties)
                .createBuilder(new PropertiesLatteStreamConnectionDetails(properties, null));
    }

    private static LatteStreamProperties bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("lattestream", LatteStreamProperties.class);
    }
}
