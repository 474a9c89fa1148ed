package com.lattestream.spring.boot.actuate;

import com.github.benmanes.caffeine.cache.Cache;
import com.lattestream.core.ConnectionPoolStatistics;
import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.LatteStreamStatistics;
import com.lattestream.core.RequestKind;
import com.lattestream.core.internal.query.QueryCache;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/**
 * Binds the meters of a client, from its {@linkplain LatteStreamClient#statistics() statistics}, its connection pool
 * and its cache. All meters have the name of the client as a tag. No meters are bound for a mock. Thread-safe.
 */
public final class LatteStreamClientMetrics implements MeterBinder {

    private final LatteStreamClient client;

    private final String name;

    /**
     * Creates a binder.
     * @param client the client to measure
     * @param name the value of the tag that distinguishes the meters of several clients
     */
    public LatteStreamClientMetrics(LatteStreamClient client, String name) {
        this.client = client;
        this.name = name;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        if (client.statistics() == null) {
            return;
        }
        bindStatistics(registry);
        bindConnectionShares(registry);
        bindLastSuccess(registry);
        bindConnectionPool(registry);
        bindCache(registry);
    }

    private void bindStatistics(MeterRegistry registry) {
        events(registry, "delivered", LatteStreamStatistics::delivered);
        events(registry, "failed", LatteStreamStatistics::failed);
        events(registry, "superseded", LatteStreamStatistics::superseded);
        events(registry, "rejected", LatteStreamStatistics::rejected);
        FunctionCounter.builder(
                        "lattestream.retries", client, it -> it.statistics().retried())
                .description("Requests that were sent again")
                .tag("client", name)
                .register(registry);
        Gauge.builder("lattestream.queue.size", client, it -> waiting(it.statistics()))
                .description("Events that wait for delivery or are being sent")
                .baseUnit("events")
                .tag("client", name)
                .register(registry);
        Gauge.builder(
                        "lattestream.queue.capacity",
                        client,
                        it -> it.statistics().queueCapacity())
                .description("Maximum number of events that wait for delivery or are being sent")
                .baseUnit("events")
                .tag("client", name)
                .register(registry);
    }

    private void events(MeterRegistry registry, String outcome, ToLongFunction<LatteStreamStatistics> count) {
        FunctionCounter.builder("lattestream.events", client, it -> count.applyAsLong(it.statistics()))
                .description("Events by outcome")
                .tag("client", name)
                .tag("outcome", outcome)
                .register(registry);
    }

    private static double waiting(LatteStreamStatistics statistics) {
        return statistics.queued() + statistics.inFlight();
    }

    private void bindConnectionShares(MeterRegistry registry) {
        for (RequestKind kind : client.statistics().requests().keySet()) {
            share(registry, kind, "used", "Connections in use", LatteStreamStatistics.Requests::running);
            share(
                    registry,
                    kind,
                    "waiting",
                    "Requests that wait for a connection",
                    LatteStreamStatistics.Requests::waiting);
        }
    }

    private void share(
            MeterRegistry registry,
            RequestKind kind,
            String suffix,
            String description,
            ToIntFunction<LatteStreamStatistics.Requests> value) {
        Gauge.builder("lattestream.connections." + suffix, client, it -> {
                    LatteStreamStatistics.Requests requests =
                            it.statistics().requests().get(kind);
                    return requests == null ? 0 : value.applyAsInt(requests);
                })
                .description(description)
                .tag("client", client.name())
                .tag("kind", kind.id())
                .register(registry);
    }

    private void bindLastSuccess(MeterRegistry registry) {
        for (RequestKind kind : client.statistics().requests().keySet()) {
            TimeGauge.builder("lattestream.requests.last.success", client, TimeUnit.MILLISECONDS, it -> {
                        LatteStreamStatistics.Requests requests =
                                it.statistics().requests().get(kind);
                        Instant success = requests == null ? null : requests.lastSuccess();
                        return success == null ? 0 : success.toEpochMilli();
                    })
                    .description("Time of the last successful request, since the epoch; 0 for none")
                    .tag("client", name)
                    .tag("kind", kind.id())
                    .register(registry);
        }
    }

    private void bindConnectionPool(MeterRegistry registry) {
        for (ConnectionPoolStatistics pool : client.unwrapAll(ConnectionPoolStatistics.class)) {
            new ConnectionPoolMetrics(pool, name).bindTo(registry);
        }
    }

    @SuppressWarnings("unchecked") // the meters measure the cache and not its content
    private void bindCache(MeterRegistry registry) {
        // the same tags as for Spring's caches, because Prometheus requires all meters of a name to have the same tags
        Tags tags = Tags.of("cache.manager", "lattestream", "name", name);
        List<QueryCache> queryCaches = client.unwrapAll(QueryCache.class);
        if (!queryCaches.isEmpty()) {
            queryCaches.forEach(cache -> new QueryCacheMetrics(cache, name, tags).bindTo(registry));
            return;
        }
        // a client of another kind
        for (Cache<?, ?> cache : client.unwrapAll(Cache.class)) {
            CaffeineCacheMetrics.monitor(registry, (Cache<Object, Object>) cache, name, tags);
        }
    }
}
