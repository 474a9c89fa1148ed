package com.lattestream.core.internal.resilience;

import com.lattestream.core.LatteStreamApiException;
import com.lattestream.core.LatteStreamConnectionException;
import com.lattestream.core.LatteStreamRateLimitException;
import com.lattestream.core.LatteStreamTimeoutException;
import com.lattestream.core.internal.Callbacks;
import io.github.resilience4j.core.IntervalBiFunction;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes further attempts after failures that can pass by themselves, and after no others. Thread-safe. */
public final class RetryPolicy {

    private static final Set<Integer> TRANSIENT_STATUSES = Set.of(408, 425, 429, 500, 502, 503, 504);

    private static final double MULTIPLIER = 2;

    // each wait is randomly shorter or longer by this fraction, so that clients that failed together do not retry
    // together
    private static final double JITTER = 0.25;

    // the shortest wait that the end of the time can lead to
    private static final long LAST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Retry retry;

    private final Predicate<Throwable> retryable;

    private final ScheduledExecutorService scheduler;

    private final Set<Attempts<?>> waiting = ConcurrentHashMap.newKeySet();

    /**
     * Creates a policy.
     * @param name the name in metrics
     * @param options the number of retries, and the waits before them
     * @param retryAmbiguous whether to send a request again that the service may have processed already
     * @param scheduler runs the retries
     */
    public RetryPolicy(String name, RetryOptions options, boolean retryAmbiguous, ScheduledExecutorService scheduler) {
        this.retryable =
                retryAmbiguous ? RetryPolicy::isTransient : failure -> isTransient(failure) && !isAmbiguous(failure);
        this.retry = Retry.of(
                name,
                RetryConfig.custom()
                        .maxAttempts(options.maxRetries() + 1)
                        .retryOnException(retryable)
                        .intervalBiFunction(waits(options))
                        .build());
        this.scheduler = scheduler;
    }

    /**
     * Makes attempts until one succeeds, fails for good, or was the last one that the options allow. A wait that would
     * take all the time that is left is shortened, so that another attempt is made before its end.
     * @param attempt starts an attempt
     * @param timeLeft returns the nanoseconds that are left, before each wait
     * @param beforeWait receives the failure and the wait, before each wait
     * @param <T> the type of the response
     * @return the result of the last attempt
     */
    public <T> CompletableFuture<T> execute(
            Supplier<CompletableFuture<T>> attempt, LongSupplier timeLeft, BiConsumer<Throwable, Duration> beforeWait) {
        return start(new Attempts<>(attempt, timeLeft, beforeWait));
    }

    /**
     * Makes attempts until one succeeds, fails for good, was the last one that the options allow, or until the wait before
     * another one would take all the time that is left.
     * @param attempt starts an attempt
     * @param timeLeft returns the nanoseconds that are left, before each wait
     * @param <T> the type of the response
     * @return the result of the last attempt
     */
    public <T> CompletableFuture<T> executeInTime(Supplier<CompletableFuture<T>> attempt, LongSupplier timeLeft) {
        return start(new Attempts<>(attempt, timeLeft, null));
    }

    private static <T> CompletableFuture<T> start(Attempts<T> attempts) {
        attempts.run();
        return attempts.result;
    }

    /**
     * Makes the attempts now that wait for their time, because the service responds again. Calls to which the service
     * responded that there are too many go on waiting.
     */
    public void retryNow() {
        waiting.forEach(Attempts::runNow);
    }

    /**
     * Returns the retry of the library, for metrics.
     * @return Resilience4j's retry
     */
    public Object nativeRetry() {
        return retry;
    }

    /**
     * Whether a failure is followed by another attempt.
     * @param failure the failure of an attempt
     * @return whether the failure can pass by itself, and sending the request again is allowed
     */
    public boolean isRetryable(Throwable failure) {
        return retryable.test(failure);
    }

    /**
     * Whether a failure leaves open if the service has processed the request.
     * @param failure the failure of an attempt
     * @return whether the request was sent and no response was received
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

    private static IntervalBiFunction<Object> waits(RetryOptions options) {
        Duration longest = atLeastOneMillisecond(options.maxDelay());
        Duration longestBackoff = atLeastOneMillisecond(options.maxBackoff());
        Duration first = atLeastOneMillisecond(
                options.delay().compareTo(options.maxBackoff()) > 0 ? options.maxBackoff() : options.delay());
        IntervalFunction backoff =
                IntervalFunction.ofExponentialRandomBackoff(first, MULTIPLIER, JITTER, longestBackoff);
        return (attempt, outcome) -> {
            if (outcome.isLeft()
                    && outcome.getLeft() instanceof LatteStreamApiException refused
                    && refused.retryAfter().isPresent()) {
                return Math.min(refused.retryAfter().get().toMillis(), longest.toMillis());
            }
            return Math.min(backoff.apply(attempt), longestBackoff.toMillis());
        };
    }

    private static Duration atLeastOneMillisecond(Duration duration) {
        return duration.toMillis() < 1 ? Duration.ofMillis(1) : duration;
    }

    /**
     * The attempts of one call. Resilience4j decides whether and when there is another; its own executor takes no limit of
     * time into account.
     */
    private final class Attempts<T> {

        private final Supplier<CompletableFuture<T>> attempt;

        private final LongSupplier timeLeft;

        // null if there is no attempt after a wait that takes all the time that is left
        private final @Nullable BiConsumer<Throwable, Duration> beforeWait;

        private final Retry.AsyncContext<T> context = retry.asyncContext();

        private final CompletableFuture<T> result = new CompletableFuture<>();

        // the timer and retryNow may come at once
        private final AtomicBoolean started = new AtomicBoolean();

        private volatile @Nullable Future<?> timer;

        private Attempts(
                Supplier<CompletableFuture<T>> attempt,
                LongSupplier timeLeft,
                @Nullable BiConsumer<Throwable, Duration> beforeWait) {
            this.attempt = attempt;
            this.timeLeft = timeLeft;
            this.beforeWait = beforeWait;
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
                long left = timeLeft.getAsLong();
                long nanos = TimeUnit.MILLISECONDS.toNanos(wait);
                if (wait < 0 || (beforeWait == null && nanos >= left)) {
                    result.completeExceptionally(failure);
                    return;
                }
                if (nanos >= left) {
                    nanos = Math.max(left / 4 * 3, Math.min(nanos, LAST_WAIT_NANOS));
                }
                if (beforeWait != null) {
                    beforeWait.accept(failure, Duration.ofNanos(nanos));
                }
                retryLater(failure, nanos);
            } catch (RejectedExecutionException ex) {
                // the client was closed in the meantime
                result.completeExceptionally(failure);
            }
        }

        private void retryLater(Throwable failure, long nanos) {
            started.set(false);
            if (!(failure instanceof LatteStreamRateLimitException)) {
                waiting.add(this);
            }
            timer = scheduler.schedule(this::runOnce, nanos, TimeUnit.NANOSECONDS);
        }

        private void runOnce() {
            if (started.compareAndSet(false, true)) {
                waiting.remove(this);
                run();
            }
        }

        private void runNow() {
            Future<?> scheduled = timer;
            if (scheduled != null) {
                scheduled.cancel(false);
            }
            try {
                // not on the thread that has received a response: many attempts may wait
                scheduler.execute(this::runOnce);
            } catch (RejectedExecutionException ex) {
                // the client was closed in the meantime, which fails all events
                waiting.remove(this);
            }
        }
    }
}
