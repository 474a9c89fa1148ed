package com.lattestream.spring.boot.autoconfigure;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.LatteStreamClientBuilder;
import com.lattestream.spring.LatteStreamConnectionDetails;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslOptions;

/** Carries connection details and properties over to a client's builder, and says which property that refuses. */
final class LatteStreamPropertiesMapper {

    private final LatteStreamProperties properties;

    LatteStreamPropertiesMapper(LatteStreamProperties properties) {
        this.properties = properties;
    }

    LatteStreamClientBuilder createBuilder(LatteStreamConnectionDetails details) {
        LatteStreamClientBuilder builder = details instanceof PropertiesLatteStreamConnectionDetails
                ? connectByProperties(details)
                : connect(details);
        secure(builder, details.getSslBundle());
        map("timeout", properties.timeout(), builder::timeout);
        LatteStreamProperties.ConnectionPool pool = properties.connectionPool();
        map("connection-pool.max-connections", pool.maxConnections(), builder::maxConnections);
        map("connection-pool.max-age", pool.maxAge(), builder::connectionMaxAge);
        LatteStreamProperties.Cache cache = properties.cache();
        map("cache.timeout", cache.timeout(), builder::cacheTimeout);
        map("cache.max-entries", cache.maxEntries(), builder::cacheMaxEntries);
        LatteStreamProperties.Retry retry = properties.retry();
        map("retry.max-retries", retry.maxRetries(), builder::maxRetries);
        map("retry.delay", retry.delay(), builder::retryDelay);
        map("retry.max-delay", retry.maxDelay(), builder::retryMaxDelay);
        LatteStreamProperties.Batching batching = properties.batching();
        map("batching.enabled", batching.enabled(), builder::enableBatching);
        map("batching.size", batching.size(), builder::batchSize);
        map("batching.interval", batching.interval(), builder::batchInterval);
        return builder;
    }

    private static LatteStreamClientBuilder connectByProperties(LatteStreamConnectionDetails details) {
        LatteStreamClientBuilder builder = map("secret", details.getSecret(), LatteStreamClient::builder);
        map("use-tls", details.isUseTls(), builder::useTls);
        map("cluster", details.getCluster(), builder::cluster);
        map("endpoint", details.getEndpoint(), builder::endpoint);
        return builder;
    }

    // what is wrong here is in a bean of the application's own, so no property is to blame
    private static LatteStreamClientBuilder connect(LatteStreamConnectionDetails details) {
        return LatteStreamClient.builder(details.getSecret())
                .useTls(details.isUseTls())
                .cluster(details.getCluster())
                .endpoint(details.getEndpoint());
    }

    private static void secure(LatteStreamClientBuilder builder, @Nullable SslBundle bundle) {
        if (bundle == null) {
            return;
        }
        builder.sslContext(bundle.createSslContext());
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

    private static <T> LatteStreamClientBuilder map(
            String property, @Nullable T value, Function<T, LatteStreamClientBuilder> option) {
        try {
            return option.apply(value);
        } catch (IllegalArgumentException ex) {
            throw new InvalidLatteStreamPropertyException("lattestream." + property, ex.getMessage(), ex);
        }
    }
}
