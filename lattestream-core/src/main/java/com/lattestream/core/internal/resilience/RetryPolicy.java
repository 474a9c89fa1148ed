package com.lattestream.core.internal.resilience;

import com.lattestream.core.LatteStreamApiException;
import com.lattestream.core.LatteStreamConnectionException;
import com.lattestream.core.LatteStreamTimeoutException;
import com.lattestream.core.internal.Callbacks;
import io.github.resilience4j.core.IntervalBiFunction;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
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
     * @param name what metrics call it
     * @param options how often, and after which waits
     * @param retryAmbiguous whether to try again what may have been done already
     * @param scheduler runs the retries
     */
    public RetryPolicy(String name, RetryOptions options, boolean retryAmbiguous, ScheduledExecutorService scheduler) {
        Predicate<Throwable> worthTrying =
                retryAmbiguous ? RetryPolicy::isTransient : failure -> isTransient(failure) && !isAmbiguous(failure);
        this.retry = Retry.of(
                name,
                RetryConfig.custom()
                        .maxAttempts(options.maxRetries() + 1)
                        .retryOnException(worthTrying)
                        .intervalBiFunction(waits(options.delay(), options.maxDelay()))
                        .build());
        this.scheduler = scheduler;
    }

    /**
     * Makes attempts until one succeeds, fails for good, or was the last.
     * @param attempt starts an attempt
     * @param <T> what it answers
     * @return the answer of the last attempt
     */
    public <T> CompletableFuture<T> execute(Supplier<CompletableFuture<T>> attempt) {
        return execute(attempt, () -> Long.MAX_VALUE);
    }

    /**
     * Makes attempts until one succeeds, fails for good, or was the last.
     * @param attempt starts an attempt
     * @param longestWait how many nanoseconds the wait before another attempt may take, asked each time
     * @param <T> what it answers
     * @return the answer of the last attempt
     */
    public <T> CompletableFuture<T> execute(Supplier<CompletableFuture<T>> attempt, LongSupplier longestWait) {
        Attempts<T> attempts = new Attempts<>(attempt, longestWait);
        attempts.run();
        return attempts.result;
    }

    /**
     * Returns what is asked, for metrics.
     * @return Resilience4j's retry
     */
    public Object nativeRetry() {
        return retry;
    }

    /**
     * Tells whether a failure leaves open what has become of the request.
     * @param failure what an attempt failed with
     * @return whether the request was sent and not answered
     */
    public static boolean isAmbiguous(Throwable failure) {
        return (failure instanceof LatteStreamConnectionException connection && connection.isAmbiguous())
                || (failure instanceof LatteStreamTimeoutException timeout && timeout.isAmbiguous());
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

    /** What one call needs. Resilience4j says whether and when to try again; its own executor knows no longest wait. */
    private final class Attempts<T> {

        private final Supplier<CompletableFuture<T>> attempt;

        private final LongSupplier longestWait;

        private final Retry.AsyncContext<T> context = retry.asyncContext();

        private final CompletableFuture<T> result = new CompletableFuture<>();

        private Attempts(Supplier<CompletableFuture<T>> attempt, LongSupplier longestWait) {
            this.attempt = attempt;
            this.longestWait = longestWait;
        }

        private void run() {
            try {
                attempt.get().whenComplete((answer, failure) -> {
                    if (failure == null) {
                        context.onComplete();
                        result.complete(answer);
                    } else {
                        failed(Callbacks.unwrap(failure));
                    }
                });
            } catch (RuntimeException ex) {
                failed(ex);
            }
        }

        private void failed(Throwable failure) {
            try {
                long wait = context.onError(failure);
                if (wait < 0) {
                    result.completeExceptionally(failure);
                } else {
                    long nanos = Math.min(TimeUnit.MILLISECONDS.toNanos(wait), longestWait.getAsLong());
                    scheduler.schedule(this::run, nanos, TimeUnit.NANOSECONDS);
                }
            } catch (RejectedExecutionException ex) {
                // the client was closed meanwhile
                result.completeExceptionally(failure);
            }
        }
    }
}
