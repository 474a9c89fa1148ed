package com.lattestream.core.internal.delivery;

import com.lattestream.core.LatteStreamApiException;
import com.lattestream.core.LatteStreamUnavailableException;
import com.lattestream.core.internal.Callbacks;
import com.lattestream.core.internal.http.ServiceResponse;
import com.lattestream.core.internal.resilience.RetryExecutor;
import com.lattestream.core.internal.resilience.ServiceCircuitBreaker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The events of a batch that are sent, and retried, in the same request: all of them, or a half of those that were
 * rejected. Its attempts are made one after the other, on any threads.
 */
final class SubBatch {

    private final Batch batch;

    private final List<PendingEvent> events;

    private final RequestPipeline pipeline;

    private final RetryExecutor retries;

    private final ServiceCircuitBreaker breaker;

    private final EventAccumulator accumulator;

    private final EventCompleter completer;

    private final DeliveryCounters counters;

    private final InterruptionLog interruptions;

    private final PermissionPoll permissions;

    private final ScheduledExecutorService scheduler;

    private volatile List<PendingEvent> sent;

    private boolean attempted;

    private volatile boolean probe;

    SubBatch(
            Batch batch,
            List<PendingEvent> events,
            RequestPipeline pipeline,
            EventAccumulator accumulator,
            EventCompleter completer,
            DeliveryCounters counters,
            InterruptionLog interruptions,
            PermissionPoll permissions,
            ScheduledExecutorService scheduler) {
        this.batch = batch;
        this.events = events;
        this.sent = events;
        this.pipeline = pipeline;
        this.retries = pipeline.retries();
        this.breaker = pipeline.breaker();
        this.accumulator = accumulator;
        this.completer = completer;
        this.counters = counters;
        this.interruptions = interruptions;
        this.permissions = permissions;
        this.scheduler = scheduler;
    }

    /** Returns the events that the last request contained. */
    List<PendingEvent> sent() {
        return sent;
    }

    /**
     * Starts an attempt, as soon as the circuit breaker permits one.
     * @return the response; null if all events were settled before
     */
    CompletableFuture<@Nullable ServiceResponse> attempt() {
        CompletableFuture<@Nullable ServiceResponse> result = new CompletableFuture<>();
        attempt(result);
        return result;
    }

    private void attempt(CompletableFuture<@Nullable ServiceResponse> result) {
        List<PendingEvent> left = completer.beginAttempt(batch, events);
        if (left.isEmpty()) {
            result.complete(null);
            return;
        }
        breaker.execute(() -> exchange(left)).whenComplete((response, failure) -> {
            if (failure == null) {
                batch.endAttempt(null, false);
                result.complete(response);
                responded();
            } else {
                failed(Callbacks.unwrap(failure), result);
            }
        });
    }

    private CompletableFuture<ServiceResponse> exchange(List<PendingEvent> left) {
        sent = left;
        if (attempted) {
            counters.retried.increment();
        }
        attempted = true;
        probe = breaker.isProbing();
        return pipeline.exchange().apply(EventRequestBuilder.build(left));
    }

    private void failed(Throwable reason, CompletableFuture<@Nullable ServiceResponse> result) {
        if (reason instanceof LatteStreamUnavailableException) {
            batch.endAttempt(null, false);
            permissions.whenPermitted(() -> attemptAgain(result));
            return;
        }
        batch.endAttempt(reason, RetryExecutor.isAmbiguous(reason));
        boolean retryable = retries.isRetryable(reason);
        if (probe && retryable && retries.isLimited()) {
            // an attempt that finds out whether the service responds again is not counted as a retry
            Duration wait = longer(
                    PermissionPoll.INTERVAL,
                    RetryExecutor.shortened(retries.requestedWait(reason), accumulator.timeLeft(events)));
            attemptLater(result, reason, wait);
            interruptions.retrying(reason, longer(wait, breaker.closedOff()));
        } else {
            result.completeExceptionally(reason);
            if (reason instanceof LatteStreamApiException && !retryable) {
                responded();
            }
        }
    }

    private void attemptAgain(CompletableFuture<@Nullable ServiceResponse> result) {
        try {
            attempt(result);
        } catch (Throwable ex) {
            // such as a missing class; the batch must not stay in flight
            result.completeExceptionally(ex);
        }
    }

    private void responded() {
        if (interruptions.responded()) {
            retries.retryNow();
        }
    }

    private void attemptLater(CompletableFuture<@Nullable ServiceResponse> result, Throwable reason, Duration wait) {
        try {
            scheduler.schedule(() -> attemptAgain(result), wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException ex) {
            // the client was closed in the meantime
            result.completeExceptionally(reason);
        }
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
