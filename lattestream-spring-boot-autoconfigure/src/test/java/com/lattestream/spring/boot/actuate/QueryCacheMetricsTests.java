package com.lattestream.spring.boot.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Cache;
import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.internal.query.QueryCache;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class QueryCacheMetricsTests {

    private static final Tags TAGS = Tags.of("cache.manager", "lattestream");

    @AutoClose
    private final LatteStreamClient client =
            LatteStreamClient.builder("lsk_0123456789abcdef").build();

    @Test
    void theMetersAreThoseOfMicrometersOwnBinder() {
        MeterRegistry registry = new SimpleMeterRegistry();
        new QueryCacheMetrics(client.unwrapAll(QueryCache.class).get(0), "name", TAGS).bindTo(registry);

        assertThat(ids(registry)).isEqualTo(ids(registryOfCaffeine()));
    }

    @Test
    void theNumbersAreThoseOfTheCacheOnceThereIsOne() {
        QueryCache cache = client.unwrapAll(QueryCache.class).get(0);
        MeterRegistry registry = new SimpleMeterRegistry();
        new QueryCacheMetrics(cache, "name", TAGS).bindTo(registry);
        assertThat(gets(registry, "miss")).isZero();
        assertThat(registry.get("cache.size").gauge().value()).isZero();

        cache.get("/channels", () -> CompletableFuture.completedFuture("known"));
        cache.get("/channels", () -> CompletableFuture.completedFuture("known"));

        assertThat(gets(registry, "miss")).isEqualTo(1);
        assertThat(gets(registry, "hit")).isEqualTo(1);
        assertThat(registry.get("cache.size").gauge().value()).isEqualTo(1);
    }

    @Test
    void aClientWithoutACacheHasNoMetersOfIt() {
        MeterRegistry registry = new SimpleMeterRegistry();
        try (LatteStreamClient uncached = LatteStreamClient.builder("lsk_0123456789abcdef")
                .cacheTimeout(Duration.ZERO)
                .build()) {
            new LatteStreamClientMetrics(uncached, "name").bindTo(registry);

            assertThat(ids(registry)).noneMatch(id -> id.contains("cache."));
        }
    }

    private MeterRegistry registryOfCaffeine() {
        MeterRegistry registry = new SimpleMeterRegistry();
        @SuppressWarnings("unchecked")
        Cache<Object, Object> cache =
                (Cache<Object, Object>) client.unwrapAll(Cache.class).get(0);
        CaffeineCacheMetrics.monitor(registry, cache, "name", TAGS);
        return registry;
    }

    private static double gets(MeterRegistry registry, String result) {
        return registry.get("cache.gets")
                .tag("result", result)
                .functionCounter()
                .count();
    }

    private static List<String> ids(MeterRegistry registry) {
        return StreamSupport.stream(registry.getMeters().spliterator(), false)
                .map(Meter::getId)
                .map(id -> id + " " + id.getType() + " " + id.getBaseUnit() + " " + id.getDescription())
                .sorted()
                .collect(Collectors.toList());
    }
}
