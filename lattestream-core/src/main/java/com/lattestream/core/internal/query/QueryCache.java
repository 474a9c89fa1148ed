package com.lattestream.core.internal.query;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import com.lattestream.core.internal.Deferred;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Caches responses for a limited time. Callers that send an equal query while a request is running share its response.
 * Failures are not cached. Thread-safe.
 */
public final class QueryCache {

    // an entry of a running request is kept until its response; requests have a timeout of their own
    private static final Duration UNTIL_ANSWERED = Duration.ofDays(365);

    private final Duration timeout;

    // created with the first query, because an application that makes none starts sooner without
    private final Deferred<Cache<String, CompletableFuture<?>>> answers;

    /**
     * Creates a cache.
     * @param timeout the maximum time for which responses are cached; zero disables caching
     * @param maxEntries the maximum number of cached responses
     * @param ticker provides the time
     */
    public QueryCache(Duration timeout, int maxEntries, Ticker ticker) {
        this.timeout = timeout;
        this.answers = new Deferred<>(() -> Caffeine.newBuilder()
                .expireAfter(Expiry.<String, CompletableFuture<?>>writing((query, answer) -> UNTIL_ANSWERED))
                .maximumSize(maxEntries)
                .ticker(ticker)
                .executor(Runnable::run)
                .recordStats()
                .build());
    }

    /**
     * Whether answers are kept at all.
     * @return whether the timeout is longer than zero
     */
    public boolean isEnabled() {
        return !timeout.isZero();
    }

    /**
     * Returns the cached response, or sends a request.
     * @param query the path and query of the request, which also determine the type of the response
     * @param ask sends the request to the service
     * @param <T> the type of the response
     * @return the response; shared by several callers, so return a copy to each
     */
    @SuppressWarnings("unchecked") // equal queries always have the same type of response
    public <T> CompletableFuture<T> get(String query, Supplier<CompletableFuture<T>> ask) {
        if (!isEnabled()) {
            return ask.get();
        }
        Cache<String, CompletableFuture<?>> answers = this.answers.get();
        // this read is counted in the statistics, the following ones are not
        CompletableFuture<T> kept = (CompletableFuture<T>) answers.getIfPresent(query);
        if (kept != null) {
            return kept;
        }
        // Caffeine's asynchronous cache is not used, because it logs every failure with its stack trace
        CompletableFuture<T> answer = new CompletableFuture<>();
        kept = (CompletableFuture<T>) answers.asMap().putIfAbsent(query, answer);
        if (kept != null) {
            return kept;
        }
        ask.get().whenComplete((known, failure) -> {
            if (failure == null) {
                expireFromNowOn(answers, query, answer);
                answer.complete(known);
            } else {
                answers.asMap().remove(query, answer);
                answer.completeExceptionally(failure);
            }
        });
        return answer;
    }

    private void expireFromNowOn(
            Cache<String, CompletableFuture<?>> answers, String query, CompletableFuture<?> answer) {
        // the entry may have been removed in the meantime, and replaced by another request
        answers.policy()
                .expireVariably()
                .filter(expiry -> answers.asMap().get(query) == answer)
                .ifPresent(expiry -> expiry.setExpiresAfter(query, timeout));
    }

    /**
     * Returns the native cache, for metrics.
     * @return Caffeine's cache; empty if caching is disabled
     */
    public Optional<Object> nativeCache() {
        return isEnabled() ? Optional.of(answers.get()) : Optional.empty();
    }

    /**
     * Returns the statistics of the cache, without creating it.
     * @return the counts up to now; all zero before the first query
     */
    public CacheStats stats() {
        Cache<String, CompletableFuture<?>> known = answers.getIfCreated();
        return known == null ? CacheStats.empty() : known.stats();
    }

    /**
     * Returns the number of answers that are kept, without creating the cache.
     * @return the estimated number of entries
     */
    public long size() {
        Cache<String, CompletableFuture<?>> known = answers.getIfCreated();
        return known == null ? 0 : known.estimatedSize();
    }

    /** Removes all responses, including those of running requests. */
    public void clear() {
        Cache<String, CompletableFuture<?>> known = answers.getIfCreated();
        if (known != null) {
            known.invalidateAll();
        }
    }
}
