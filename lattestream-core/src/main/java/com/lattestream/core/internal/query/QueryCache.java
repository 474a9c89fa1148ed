package com.lattestream.core.internal.query;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps answers for a while. Who asks the same while an answer is under way gets that answer; a failure is not kept.
 * Thread-safe.
 */
public final class QueryCache {

    // a question under way is kept until its answer, for which it has a timeout of its own
    private static final Duration UNTIL_ANSWERED = Duration.ofDays(365);

    private final Duration timeout;

    private final int maxEntries;

    private final Ticker ticker;

    // created with the first query, because an application that makes none starts sooner without
    private volatile @Nullable Cache<String, CompletableFuture<?>> answers;

    /**
     * Creates a cache.
     * @param timeout how long answers are kept; zero for not at all
     * @param maxEntries how many answers are kept
     * @param ticker tells the time
     */
    public QueryCache(Duration timeout, int maxEntries, Ticker ticker) {
        this.timeout = timeout;
        this.maxEntries = maxEntries;
        this.ticker = ticker;
    }

    /**
     * Whether answers are kept at all.
     * @return whether the timeout is longer than zero
     */
    public boolean isEnabled() {
        return !timeout.isZero();
    }

    private Cache<String, CompletableFuture<?>> answers() {
        Cache<String, CompletableFuture<?>> known = answers;
        return known == null ? createAnswers() : known;
    }

    private synchronized Cache<String, CompletableFuture<?>> createAnswers() {
        Cache<String, CompletableFuture<?>> known = answers;
        if (known == null) {
            known = Caffeine.newBuilder()
                    .expireAfter(Expiry.<String, CompletableFuture<?>>writing((query, answer) -> UNTIL_ANSWERED))
                    .maximumSize(maxEntries)
                    .ticker(ticker)
                    .executor(Runnable::run)
                    .recordStats()
                    .build();
            answers = known;
        }
        return known;
    }

    /**
     * Returns the kept answer, or asks for it.
     * @param query what is asked: the request's path and query, which also tells the answer's type
     * @param ask asks the service
     * @param <T> the answer's type
     * @return the answer; shared with others, so hand out a copy
     */
    @SuppressWarnings("unchecked") // the same query is always asked for the same type
    public <T> CompletableFuture<T> get(String query, Supplier<CompletableFuture<T>> ask) {
        if (!isEnabled()) {
            return ask.get();
        }
        Cache<String, CompletableFuture<?>> answers = answers();
        // this counts, and what comes next does not
        CompletableFuture<T> kept = (CompletableFuture<T>) answers.getIfPresent(query);
        if (kept != null) {
            return kept;
        }
        // not Caffeine's asynchronous cache, which logs every failure with its stack trace
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
        // it may have been forgotten meanwhile, and asked for anew
        answers.policy()
                .expireVariably()
                .filter(expiry -> answers.asMap().get(query) == answer)
                .ifPresent(expiry -> expiry.setExpiresAfter(query, timeout));
    }

    /**
     * Returns what keeps the answers, for metrics.
     * @return Caffeine's cache, if answers are kept
     */
    public Optional<Object> nativeCache() {
        return isEnabled() ? Optional.of(answers()) : Optional.empty();
    }

    /**
     * Returns the statistics of the cache, without creating it.
     * @return the counts up to now; all zero before the first query
     */
    public CacheStats stats() {
        Cache<String, CompletableFuture<?>> known = answers;
        return known == null ? CacheStats.empty() : known.stats();
    }

    /**
     * Returns the number of answers that are kept, without creating the cache.
     * @return the estimated number of entries
     */
    public long size() {
        Cache<String, CompletableFuture<?>> known = answers;
        return known == null ? 0 : known.estimatedSize();
    }

    /** Forgets all answers, those under way included. */
    public void clear() {
        Cache<String, CompletableFuture<?>> known = answers;
        if (known != null) {
            known.invalidateAll();
        }
    }
}
