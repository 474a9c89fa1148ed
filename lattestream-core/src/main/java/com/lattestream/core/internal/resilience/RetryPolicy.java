package com.lattestream.core.internal.resilience;

import com.lattestream.core.LatteStreamApiException;
import com.lattestream.core.LatteStreamConnectionException;
import com.lattestream.core.LatteStreamTimeoutException;
import io.github.resilience4j.core.IntervalBiFunction;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/** Tries again what may pass by itself, and nothing else. Thread-safe. */
public final class RetryPolicy {

    private static final Set<Integer> TRANSIENT_STATUSES = Set.of(408, 425, 429, 500, 502, 503, 504);

    private static final double MULTIPLIER = 2;

    // each wait is up to so much shorter or longer, so that clients that failed together do not come back together
    private static final double JITTER = 0.25;

    private final Retry retry;

    private final ScheduledExecutorService scheduler;

    /**
     * Creates a policy.
     * @param maxRetries how often to try again; 0 for never
     * @param delay the wait before the first retry
     * @param maxDelay the longest wait, whatever the service asks for
     * @param scheduler runs the retries
     */
    public RetryPolicy(int maxRetries, Duration delay, Duration maxDelay, ScheduledExecutorService scheduler) {
        this.retry = Retry.of(
                "lattestream",
                RetryConfig.custom()
                        .maxAttempts(maxRetries + 1)
                        .retryOnException(RetryPolicy::isTransient)
                        .intervalBiFunction(waits(delay, maxDelay))
                        .build());
        this.scheduler = scheduler;
    }

    /**
     * Makes attempts until one succeeds, fails for good, or was the last.
     * @param attempt starts an attempt
     * @param <T> what it answers
     * @return the answer of the last attempt
     */
    public <T> CompletableFuture<T> execute(Supplier<? extends CompletionStage<T>> attempt) {
        return retry.executeCompletionStage(scheduler, attempt::get).toCompletableFuture();
    }

    private static boolean isTransient(Throwable failure) {
        if (failure instanceof LatteStreamApiException refused) {
            return TRANSIENT_STATUSES.contains(refused.status());
        }
        return failure instanceof LatteStreamConnectionException || failure instanceof LatteStreamTimeoutException;
    }

    private static IntervalBiFunction<Object> waits(Duration delay, Duration maxDelay) {
        Duration longest = atLeastOneMillisecond(maxDelay);
        Duration first = atLeastOneMillisecond(delay.compareTo(maxDelay) > 0 ? maxDelay : delay);
        IntervalFunction backoff = IntervalFunction.ofExponentialRandomBackoff(first, MULTIPLIER, JITTER, longest);
        return (attempt, outcome) -> {
            if (outcome.isLeft()
                    && outcome.getLeft() instanceof LatteStreamApiException refused
                    && refused.retryAfter().isPresent()) {
                return Math.min(refused.retryAfter().get().toMillis(), longest.toMillis());
            }
            return Math.min(backoff.apply(attempt), longest.toMillis());
        };
    }

    private static Duration atLeastOneMillisecond(Duration duration) {
        return duration.toMillis() < 1 ? Duration.ofMillis(1) : duration;
    }
}
