package com.lattestream.spring.boot.actuate;

import com.lattestream.core.internal.query.QueryCache;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.cache.CacheMeterBinder;
import org.jspecify.annotations.Nullable;

/**
 * The meters that Micrometer has for a Caffeine cache, of one that is created with the first query. Micrometer's own binder
 * would create it when the application starts. Thread-safe.
 */
final class QueryCacheMetrics extends CacheMeterBinder<QueryCache> {

    QueryCacheMetrics(QueryCache cache, String name, Iterable<Tag> tags) {
        super(cache, name, tags);
    }

    @Override
    protected @Nullable Long size() {
        QueryCache cache = getCache();
        return cache == null ? null : cache.size();
    }

    @Override
    protected long hitCount() {
        QueryCache cache = getCache();
        return cache == null ? 0 : cache.stats().hitCount();
    }

    @Override
    protected @Nullable Long missCount() {
        QueryCache cache = getCache();
        return cache == null ? null : cache.stats().missCount();
    }

    @Override
    protected @Nullable Long evictionCount() {
        QueryCache cache = getCache();
        return cache == null ? null : cache.stats().evictionCount();
    }

    // as in Micrometer's binder
    @Override
    protected long putCount() {
        QueryCache cache = getCache();
        return cache == null ? 0 : cache.stats().loadCount();
    }

    @Override
    protected void bindImplementationSpecificMetrics(MeterRegistry registry) {
        QueryCache cache = getCache();
        if (cache != null) {
            FunctionCounter.builder(
                            "cache.eviction.weight", cache, it -> it.stats().evictionWeight())
                    .tags(getTagsWithCacheName())
                    .description(
                            "The sum of weights of evicted entries. This total does not include manual invalidations.")
                    .register(registry);
        }
    }
}
