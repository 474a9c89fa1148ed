package com.lattestream.core.internal.resilience;

import com.lattestream.core.LatteStreamApiException;
import com.lattestream.core.LatteStreamConnectionException;
import com.lattestream.core.LatteStreamException;
import com.lattestream.core.LatteStreamTimeoutException;
import com.lattestream.core.LatteStreamUnavailableException;
import com.lattestream.core.internal.Callbacks;
import io.github.resilience4j.core.IntervalBiFunction;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Retries requests after transient failures only. Thread-safe. */
public final class RetryExecutor {

    private static final double MULTIPLIER = 2;

    // each wait is randomly shorter or longer by this fraction, so that clients that failed together do not retry
    // together
    private static final double JITTER = 0.25;

    // the shortest wait that a shortened wait can have
    private static final long LAST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Retry retry;

    private final Predicate<Throwable> retryable;

    private final Duration maxDelay;

    private final ScheduledExecutorService scheduler;

    private final Set<Attempts<?>> waiting = ConcurrentHashMap.newKeySet();

    /**
     * Creates an executor.
     * @param name the name in metrics
     * @param options the number of retries, and the waits before them
     * @param retryAmbiguous whether to retry a request that the service may have processed already
     * @param scheduler runs the retries
     */
    public RetryExecutor(
            String name, RetryOptions options, boolean retryAmbiguous, ScheduledExecutorService scheduler) {
        this.retryable =
                retryAmbiguous ? RetryExecutor::isTransient : failure -> isTransient(failure) && !isAmbiguous(failure);
        this.retry = Retry.of(
                name,
                RetryConfig.custom()
                        .maxAttempts(Math.min(options.maxRetries(), RetryOptions.UNLIMITED) + 1)
                        .retryOnException(retryable)
                        .intervalBiFunction(backoff(options))
                        .build());
        this.maxDelay = atLeastOneMillisecond(options.maxDelay());
        this.scheduler = scheduler;
    }

    /**
     * Executes attempts until one succeeds, fails permanently, or is the last one that the options allow. A wait that
     * would use up the remaining time is shortened, so that another attempt is made before its end.
     * @param attempt starts an attempt
     * @param timeLeft returns the remaining time in nanoseconds; called before each wait
     * @param beforeWait called before each wait, with the failure and the wait
     * @param <T> the type of the response
     * @return the result of the last attempt
     */
    public <T> CompletableFuture<T> execute(
            Supplier<CompletableFuture<T>> attempt, LongSupplier timeLeft, BiConsumer<Throwable, Duration> beforeWait) {
        return start(new Attempts<>(attempt, timeLeft, beforeWait));
    }

    /**
     * Executes attempts until one succeeds, fails permanently, is the last one that the options allow, or until the
     * wait before another one would use up the remaining time.
     * @param attempt starts an attempt
     * @param timeLeft returns the remaining time in nanoseconds; called before each wait
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

    /** Starts all waiting attempts immediately, because the service has recovered. */
    public void retryNow() {
        waiting.forEach(Attempts::runNow);
    }

    /**
     * Shortens a wait that would use up the remaining time, so that there is another attempt before its end.
     * @param wait the wait
     * @param left the remaining time in nanoseconds
     * @return the wait, or a shorter one
     */
    public static Duration shortened(Duration wait, long left) {
        long nanos = wait.toNanos();
        return nanos < left ? wait : Duration.ofNanos(Math.max(left / 4 * 3, Math.min(nanos, LAST_WAIT_NANOS)));
    }

    /**
     * Returns whether the number of retries is limited.
     * @return false if only time limits them
     */
    public boolean isLimited() {
        return retry.getRetryConfig().getMaxAttempts() - 1 < RetryOptions.UNLIMITED;
    }

    /**
     * Describes the maximum number of retries.
     * @return a text that continues a sentence; empty if there is no maximum
     */
    public String describeLimit() {
        return isLimited() ? ", at most " + (retry.getRetryConfig().getMaxAttempts() - 1) + " times" : "";
    }

    /**
     * Returns the native retry, for metrics.
     * @return Resilience4j's retry
     */
    public Object nativeRetry() {
        return retry;
    }

    /**
     * Returns whether a failure is followed by another attempt.
     * @param failure the failure of an attempt
     * @return whether the failure is transient, and retrying the request is allowed
     */
    public boolean isRetryable(Throwable failure) {
        return retryable.test(failure);
    }

    /**
     * Returns the wait that the service requests before another attempt.
     * @param failure the failure of an attempt
     * @return the value of {@code Retry-After}, at most the longest wait of the options; zero for none
     */
    public Duration requestedWait(Throwable failure) {
        return requestedWait(failure, maxDelay).orElse(Duration.ZERO);
    }

    private static Optional<Duration> requestedWait(Throwable failure, Duration longest) {
        return failure instanceof LatteStreamApiException response
                ? response.retryAfter().map(wait -> wait.compareTo(longest) > 0 ? longest : wait)
                : Optional.empty();
    }

    /**
     * Returns whether the outcome of a request is unknown after a failure.
     * @param failure the failure of an attempt
     * @return whether the request was sent and no response was received
     */
    public static boolean isAmbiguous(Throwable failure) {
        return (failure instanceof LatteStreamConnectionException connection && connection.isAmbiguous())
                || (failure instanceof LatteStreamTimeoutException timeout && timeout.isAmbiguous());
    }

    // a request that the circuit breaker has rejected was not attempted: the caller decides when to send it
    private static boolean isTransient(Throwable failure) {
        return failure instanceof LatteStreamException known
                && known.isRetryable()
                && !(known instanceof LatteStreamUnavailableException);
    }

    private static IntervalBiFunction<Object> backoff(RetryOptions options) {
        Duration longest = atLeastOneMillisecond(options.maxDelay());
        Duration longestBackoff = atLeastOneMillisecond(options.maxBackoff());
        Duration first = atLeastOneMillisecond(
                options.delay().compareTo(options.maxBackoff()) > 0 ? options.maxBackoff() : options.delay());
        IntervalFunction exponential =
                IntervalFunction.ofExponentialRandomBackoff(first, MULTIPLIER, JITTER, longestBackoff);
        return (attempt, outcome) -> {
            Optional<Duration> requested =
                    outcome.isLeft() ? requestedWait(outcome.getLeft(), longest) : Optional.empty();
            if (requested.isPresent()) {
                return requested.get().toMillis();
            }
            return Math.min(exponential.apply(attempt), longestBackoff.toMillis());
        };
    }

    private static Duration atLeastOneMillisecond(Duration duration) {
        return duration.toMillis() < 1 ? Duration.ofMillis(1) : duration;
    }

    /**
     * The attempts of one call. Resilience4j determines whether and when there is another attempt. Its own executor is
     * not used, because it does not support a time limit.
     */
    private final class Attempts<T> {

        private final Supplier<CompletableFuture<T>> attempt;

        private final LongSupplier timeLeft;

        // null if there is no further attempt once a wait would use up the remaining time
        private final @Nullable BiConsumer<Throwable, Duration> beforeWait;

        private final Retry.AsyncContext<T> context = retry.asyncContext();

        private final CompletableFuture<T> result = new CompletableFuture<>();

        // odd while this waits, with a different number for each wait: the timer and retryNow may run at the same time,
        // or late
        private final AtomicInteger waits = new AtomicInteger();

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
                attempt.get().whenComplete((response, failure) -> {
                    if (failure == null) {
                        context.onComplete();
                        result.complete(response);
                    } else {
                        failed(Callbacks.unwrap(failure));
                    }
                });
            } catch (RuntimeException ex) {
                failed(ex);
            }
        }

        private void failed(Throwable failure) {
            long nanos;
            try {
                long wait = context.onError(failure);
                long left = timeLeft.getAsLong();
                nanos = TimeUnit.MILLISECONDS.toNanos(wait);
                if (wait < 0 || (beforeWait == null && nanos >= left)) {
                    result.completeExceptionally(failure);
                    return;
                }
                nanos = shortened(Duration.ofNanos(nanos), left).toNanos();
                retryLater(nanos);
            } catch (RuntimeException ex) {
                // the client was closed in the meantime, or a listener of the application's metrics failed
                failure.addSuppressed(ex);
                result.completeExceptionally(failure);
                return;
            }
            if (beforeWait != null) {
                beforeWait.accept(failure, Duration.ofNanos(nanos));
            }
        }

        private void retryLater(long nanos) {
            int wait = waits.incrementAndGet();
            waiting.add(this);
            try {
                timer = scheduler.schedule(() -> run(wait), nanos, TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException ex) {
                waiting.remove(this);
                throw ex;
            }
        }

        private void run(int wait) {
            if (waits.compareAndSet(wait, wait + 1)) {
                waiting.remove(this);
                run();
            }
        }

        private void runNow() {
            int wait = waits.get();
            Future<?> scheduled = timer;
            if (wait % 2 == 0) {
                return;
            }
            try {
                // not on the thread that has received a response: many attempts may wait
                scheduler.execute(() -> {
                    if (scheduled != null) {
                        scheduled.cancel(false);
                    }
                    run(wait);
                });
            } catch (RejectedExecutionException ex) {
                // the client was closed in the meantime, which fails all events
                waiting.remove(this);
            }
        }
    }
}
