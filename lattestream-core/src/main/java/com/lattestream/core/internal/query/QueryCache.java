package com.lattestream.core.internal.query;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import com.lattestream.core.internal.Lazy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Caches responses for a limited time. Callers that send an equal query while a request is running share its response.
 * Failures are not cached. Thread-safe.
 */
public final class QueryCache {

    // an entry of a running request is cached until its response; requests have a timeout of their own
    private static final Duration UNTIL_RESPONSE = Duration.ofDays(365);

    private final Duration timeout;

    // created with the first query, because an application that makes none starts sooner without
    private final Lazy<Cache<String, CompletableFuture<?>>> responses;

    /**
     * Creates a cache.
     * @param timeout the maximum time for which responses are cached; zero disables caching
     * @param maxEntries the maximum number of cached responses
     * @param ticker provides the time
     */
    public QueryCache(Duration timeout, int maxEntries, Ticker ticker) {
        this.timeout = timeout;
        this.responses = new Lazy<>(() -> Caffeine.newBuilder()
                .expireAfter(Expiry.<String, CompletableFuture<?>>writing((query, response) -> UNTIL_RESPONSE))
                .maximumSize(maxEntries)
                .ticker(ticker)
                .executor(Runnable::run)
                .recordStats()
                .build());
    }

    /**
     * Whether responses are cached.
     * @return whether the timeout is longer than zero
     */
    public boolean isEnabled() {
        return !timeout.isZero();
    }

    /**
     * Returns the cached response, or sends a request.
     * @param query the path and query of the request, which also determine the type of the response
     * @param request sends the request to the service
     * @param <T> the type of the response
     * @return the response; shared by several callers, so return a copy to each
     */
    @SuppressWarnings("unchecked") // equal queries always have the same type of response
    public <T> CompletableFuture<T> get(String query, Supplier<CompletableFuture<T>> request) {
        if (!isEnabled()) {
            return request.get();
        }
        Cache<String, CompletableFuture<?>> responses = this.responses.get();
        // this read is counted in the statistics, the following ones are not
        CompletableFuture<T> cached = (CompletableFuture<T>) responses.getIfPresent(query);
        if (cached != null) {
            return cached;
        }
        // Caffeine's asynchronous cache is not used, because it logs every failure with its stack trace
        CompletableFuture<T> response = new CompletableFuture<>();
        cached = (CompletableFuture<T>) responses.asMap().putIfAbsent(query, response);
        if (cached != null) {
            return cached;
        }
        request.get().whenComplete((known, failure) -> {
            if (failure == null) {
                expireFromNowOn(responses, query, response);
                response.complete(known);
            } else {
                responses.asMap().remove(query, response);
                response.completeExceptionally(failure);
            }
        });
        return response;
    }

    private void expireFromNowOn(
            Cache<String, CompletableFuture<?>> responses, String query, CompletableFuture<?> response) {
        // the entry may have been removed in the meantime, and replaced by another request
        responses
                .policy()
                .expireVariably()
                .filter(expiry -> responses.asMap().get(query) == response)
                .ifPresent(expiry -> expiry.setExpiresAfter(query, timeout));
    }

    /**
     * Returns the native cache, for metrics.
     * @return Caffeine's cache; empty if caching is disabled
     */
    public Optional<Object> nativeCache() {
        return isEnabled() ? Optional.of(responses.get()) : Optional.empty();
    }

    /**
     * Returns the statistics of the cache, without creating it.
     * @return the counts up to now; all zero before the first query
     */
    public CacheStats stats() {
        Cache<String, CompletableFuture<?>> known = responses.getIfCreated();
        return known == null ? CacheStats.empty() : known.stats();
    }

    /**
     * Returns the number of cached responses, without creating the cache.
     * @return the estimated number of entries
     */
    public long size() {
        Cache<String, CompletableFuture<?>> known = responses.getIfCreated();
        return known == null ? 0 : known.estimatedSize();
    }

    /** Removes all responses, including those of running requests. */
    public void clear() {
        Cache<String, CompletableFuture<?>> known = responses.getIfCreated();
        if (known != null) {
            known.invalidateAll();
        }
    }
}
