package com.lattestream.core.internal.delivery;

import com.lattestream.core.LatteStreamApiException;
import com.lattestream.core.LatteStreamAuthenticationException;
import com.lattestream.core.LatteStreamException;
import com.lattestream.core.LatteStreamUnavailableException;
import com.lattestream.core.internal.Callbacks;
import com.lattestream.core.internal.http.ServiceRequest;
import com.lattestream.core.internal.http.ServiceResponse;
import com.lattestream.core.internal.resilience.RetryPolicy;
import com.lattestream.core.internal.resilience.ServiceBreaker;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Carries one batch to the service: tries again what may pass, waits while the service counts as unavailable, and
 * halves what is refused, until the culprit stands alone. Thread-safe.
 */
final class BatchSender {

    /** How often to ask whether the service may be asked again. */
    static final Duration BREAKER_POLL = Duration.ofMillis(100);

    // what the service says of a request when something is wrong with one of its events
    private static final Set<Integer> ISOLATED_STATUSES = Set.of(400, 413, 422);

    private final Function<ServiceRequest, CompletableFuture<ServiceResponse>> service;

    private final RetryPolicy retries;

    private final ServiceBreaker breaker;

    private final EventQueue queue;

    private final EventOutcomes outcomes;

    private final DeliveryCounters counters;

    private final DeliveryListeners listeners;

    private final InterruptionLog interruptions;

    private final ScheduledExecutorService scheduler;

    BatchSender(
            ServiceAccess access,
            EventQueue queue,
            EventOutcomes outcomes,
            DeliveryCounters counters,
            DeliveryListeners listeners,
            InterruptionLog interruptions,
            ScheduledExecutorService scheduler) {
        this.service = access.exchange();
        this.retries = access.retries();
        this.breaker = access.breaker();
        this.queue = queue;
        this.outcomes = outcomes;
        this.counters = counters;
        this.listeners = listeners;
        this.interruptions = interruptions;
        this.scheduler = scheduler;
    }

    /**
     * Sends a batch.
     * @param batch what to send
     * @return completes when nothing more is sent of it; never fails
     */
    CompletableFuture<@Nullable Void> send(Batch batch) {
        List<PendingEvent> events = batch.events();
        listeners.onBatch(events.size());
        return send(batch, events).exceptionally(bug -> {
            outcomes.failed(events, asLatteStreamException(Callbacks.unwrap(bug)));
            return null;
        });
    }

    private CompletableFuture<@Nullable Void> send(Batch batch, List<PendingEvent> events) {
        Part part = new Part(batch, events);
        return retries.execute(part::attempt, () -> queue.timeLeft(events), interruptions::retrying)
                .handle((response, failure) ->
                        failure == null ? delivered(part, response) : failed(part, Callbacks.unwrap(failure)))
                .thenCompose(Function.identity());
    }

    private CompletableFuture<@Nullable Void> delivered(Part part, @Nullable ServiceResponse response) {
        if (response != null) {
            outcomes.delivered(part.sent, response);
        }
        return CompletableFuture.completedFuture(null);
    }

    private CompletableFuture<@Nullable Void> failed(Part part, Throwable failure) {
        if (failure instanceof LatteStreamApiException refused
                && ISOLATED_STATUSES.contains(refused.status())
                && part.sent.size() > 1) {
            counters.split.increment();
            int half = part.sent.size() / 2;
            // one after the other, as they may share a channel
            return CompletableFuture.runAsync(() -> {}, scheduler)
                    .thenCompose(done -> send(part.batch, part.sent.subList(0, half)))
                    .thenComposeAsync(done -> send(part.batch, part.sent.subList(half, part.sent.size())), scheduler);
        }
        if (failure instanceof LatteStreamAuthenticationException refused) {
            outcomes.refused(part.sent, refused);
        } else {
            outcomes.failed(part.sent, asLatteStreamException(failure));
        }
        return CompletableFuture.completedFuture(null);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static LatteStreamException asLatteStreamException(Throwable failure) {
        return failure instanceof LatteStreamException known
                ? known
                : new LatteStreamException("The event could not be sent: " + failure, failure);
    }

    /** Events of a batch that are sent, and tried again, together. */
    private final class Part {

        private final Batch batch;

        private final List<PendingEvent> events;

        // those of them that the last attempt was made with
        private volatile List<PendingEvent> sent;

        private boolean tried;

        private volatile boolean probe;

        private Part(Batch batch, List<PendingEvent> events) {
            this.batch = batch;
            this.events = events;
            this.sent = events;
        }

        /** Makes an attempt, once the service may be asked; null if nothing is left to send by then. */
        private CompletableFuture<@Nullable ServiceResponse> attempt() {
            CompletableFuture<@Nullable ServiceResponse> answer = new CompletableFuture<>();
            attempt(answer);
            return answer;
        }

        private void attempt(CompletableFuture<@Nullable ServiceResponse> answer) {
            List<PendingEvent> left = queue.beginAttempt(batch, events);
            if (left.isEmpty()) {
                answer.complete(null);
                return;
            }
            breaker.call(() -> exchange(left)).whenComplete((response, failure) -> {
                if (failure == null) {
                    queue.endAttempt(batch, null, false);
                    answer.complete(response);
                    responded();
                } else {
                    failed(Callbacks.unwrap(failure), answer);
                }
            });
        }

        private void failed(Throwable reason, CompletableFuture<@Nullable ServiceResponse> answer) {
            if (reason instanceof LatteStreamUnavailableException) {
                queue.endAttempt(batch, null, false);
                attemptLater(answer, reason, BREAKER_POLL);
                return;
            }
            queue.endAttempt(batch, reason, RetryPolicy.isAmbiguous(reason));
            boolean retryable = retries.isRetryable(reason);
            if (probe && retryable && retries.isLimited()) {
                // an attempt that finds out whether the service is back does not count
                Duration wait = longer(
                        BREAKER_POLL, RetryPolicy.shortened(retries.requestedWait(reason), queue.timeLeft(events)));
                attemptLater(answer, reason, wait);
                interruptions.retrying(reason, longer(wait, breaker.closedOff()));
            } else {
                answer.completeExceptionally(reason);
                if (reason instanceof LatteStreamApiException && !retryable) {
                    responded();
                }
            }
        }

        private void responded() {
            if (interruptions.responded()) {
                retries.retryNow();
            }
        }

        private CompletableFuture<ServiceResponse> exchange(List<PendingEvent> left) {
            sent = left;
            if (tried) {
                counters.retried.increment();
            }
            tried = true;
            probe = breaker.isProbing();
            return service.apply(EventRequests.of(left));
        }

        private void attemptLater(
                CompletableFuture<@Nullable ServiceResponse> answer, Throwable reason, Duration wait) {
            try {
                scheduler.schedule(() -> attempt(answer), wait.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException ex) {
                // the client was closed meanwhile
                answer.completeExceptionally(reason);
            }
        }
    }
}
