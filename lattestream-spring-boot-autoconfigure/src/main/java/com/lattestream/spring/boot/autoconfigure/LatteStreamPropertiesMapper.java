package com.lattestream.spring.boot.autoconfigure;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.LatteStreamClientBuilder;
import com.lattestream.spring.LatteStreamConnectionDetails;
import com.lattestream.spring.internal.client.LocalEngineConnectionDetails;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslOptions;

/**
 * Applies connection details and properties to the builder of a client, and reports which property the builder rejects.
 */
final class LatteStreamPropertiesMapper {

    private final LatteStreamProperties properties;

    LatteStreamPropertiesMapper(LatteStreamProperties properties) {
        this.properties = properties;
    }

    LatteStreamClientBuilder createBuilder(LatteStreamConnectionDetails details) {
        LatteStreamClientBuilder builder = details instanceof PropertiesLatteStreamConnectionDetails
                ? connectByProperties(details)
                : connect(details);
        secure(builder, details);
        new ProxyMapper(properties.proxy(), details instanceof PropertiesLatteStreamConnectionDetails).map(builder);
        map("timeout", properties.timeout(), builder::timeout);
        map("close-timeout", properties.closeTimeout(), builder::closeTimeout);
        connectionPool(builder, properties.connectionPool());
        cache(builder, properties.cache(), details instanceof LocalEngineConnectionDetails);
        retry(builder, properties.retry());
        batching(builder, properties.batching());
        circuitBreaker(builder, properties.circuitBreaker());
        return builder;
    }

    private static void connectionPool(LatteStreamClientBuilder builder, LatteStreamProperties.ConnectionPool pool) {
        map("connection-pool.max-connections", pool.maxConnections(), builder::maxConnections);
        map("connection-pool.max-age", pool.maxAge(), builder::connectionMaxAge);
    }

    private static void cache(
            LatteStreamClientBuilder builder, LatteStreamProperties.Cache cache, boolean localEngine) {
        if (cache.timeout() != null) {
            map("cache.timeout", cache.timeout(), builder::cacheTimeout);
        } else if (localEngine) {
            // tests expect the current state of the engine, not a cached one
            builder.cacheTimeout(Duration.ZERO);
        }
        map("cache.max-entries", cache.maxEntries(), builder::cacheMaxEntries);
    }

    private static void retry(LatteStreamClientBuilder builder, LatteStreamProperties.Retry retry) {
        if (retry.maxRetries() != null) {
            map("retry.max-retries", retry.maxRetries(), builder::maxRetries);
        }
        map("retry.delay", retry.delay(), builder::retryDelay);
        map("retry.max-delay", retry.maxDelay(), builder::retryMaxDelay);
        builder.retryAmbiguous(retry.ambiguous() == LatteStreamProperties.Retry.Ambiguous.RETRY);
    }

    private static void batching(LatteStreamClientBuilder builder, LatteStreamProperties.Batching batching) {
        map("batching.enabled", batching.enabled(), builder::enableBatching);
        map("batching.size", batching.size(), builder::batchSize);
        map("batching.interval", batching.interval(), builder::batchInterval);
        map("batching.max-queued-events", batching.maxQueuedEvents(), builder::maxQueuedEvents);
        map("batching.max-queued-bytes", batching.maxQueuedBytes().toBytes(), builder::maxQueuedBytes);
        map("batching.max-block", batching.maxBlock(), builder::maxBlock);
        map("batching.delivery-timeout", batching.deliveryTimeout(), builder::deliveryTimeout);
    }

    private static void circuitBreaker(LatteStreamClientBuilder builder, LatteStreamProperties.CircuitBreaker breaker) {
        map("circuit-breaker.enabled", breaker.enabled(), builder::enableCircuitBreaker);
        map(
                "circuit-breaker.failure-rate-threshold",
                breaker.failureRateThreshold(),
                builder::circuitBreakerFailureRateThreshold);
        map(
                "circuit-breaker.sliding-window-size",
                breaker.slidingWindowSize(),
                builder::circuitBreakerSlidingWindowSize);
        map(
                "circuit-breaker.minimum-number-of-calls",
                breaker.minimumNumberOfCalls(),
                builder::circuitBreakerMinimumNumberOfCalls);
        map(
                "circuit-breaker.wait-duration-in-open-state",
                breaker.waitDurationInOpenState(),
                builder::circuitBreakerWaitDurationInOpenState);
        map(
                "circuit-breaker.permitted-number-of-calls-in-half-open-state",
                breaker.permittedNumberOfCallsInHalfOpenState(),
                builder::circuitBreakerPermittedNumberOfCallsInHalfOpenState);
    }

    private static LatteStreamClientBuilder connectByProperties(LatteStreamConnectionDetails details) {
        LatteStreamClientBuilder builder = map("secret", details.getSecret(), LatteStreamClient::builder);
        map("use-tls", details.isUseTls(), builder::useTls);
        map("cluster", details.getCluster(), builder::cluster);
        map("endpoint", details.getEndpoint(), builder::endpoint);
        return builder;
    }

    // an invalid value here comes from a bean of the application, and not from a property
    private static LatteStreamClientBuilder connect(LatteStreamConnectionDetails details) {
        return LatteStreamClient.builder(details.getSecret())
                .useTls(details.isUseTls())
                .cluster(details.getCluster())
                .endpoint(details.getEndpoint());
    }

    private static void secure(LatteStreamClientBuilder builder, LatteStreamConnectionDetails details) {
        SslBundle bundle = details.getSslBundle();
        if (bundle == null) {
            return;
        }
        ReloadableSslContext context = new ReloadableSslContext(bundle);
        if (details instanceof PropertiesLatteStreamConnectionDetails byProperties) {
            byProperties.onSslBundleReload(context);
        }
        builder.sslContext(context);
        SslOptions options = bundle.getOptions();
        String[] protocols = options.getEnabledProtocols();
        if (protocols != null) {
            builder.tlsVersions(protocols);
        }
        String[] ciphers = options.getCiphers();
        if (ciphers != null) {
            builder.tlsCiphers(ciphers);
        }
    }

    static <T, R> R map(String property, @Nullable T value, Function<T, R> option) {
        try {
            return option.apply(value);
        } catch (IllegalArgumentException ex) {
            throw new InvalidLatteStreamPropertyException("lattestream." + property, ex.getMessage(), ex);
        }
    }
}
