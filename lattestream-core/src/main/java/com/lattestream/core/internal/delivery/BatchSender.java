package com.lattestream.core.internal.delivery;

import com.lattestream.core.LatteStreamApiException;
import com.lattestream.core.LatteStreamAuthenticationException;
import com.lattestream.core.LatteStreamException;
import com.lattestream.core.internal.Callbacks;
import com.lattestream.core.internal.http.ServiceResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends batches: with retries, and in halves if the service rejects a batch, until the rejected event is alone.
 * Thread-safe.
 */
final class BatchSender {

    private final RequestPipeline pipeline;

    private final EventAccumulator accumulator;

    private final EventCompleter completer;

    private final DeliveryCounters counters;

    private final CompositeDeliveryListener listeners;

    private final InterruptionLog interruptions;

    private final PermissionPoll permissions;

    private final ScheduledExecutorService scheduler;

    BatchSender(
            RequestPipeline pipeline,
            EventAccumulator accumulator,
            EventCompleter completer,
            DeliveryCounters counters,
            CompositeDeliveryListener listeners,
            InterruptionLog interruptions,
            PermissionPoll permissions,
            ScheduledExecutorService scheduler) {
        this.pipeline = pipeline;
        this.accumulator = accumulator;
        this.completer = completer;
        this.counters = counters;
        this.listeners = listeners;
        this.interruptions = interruptions;
        this.permissions = permissions;
        this.scheduler = scheduler;
    }

    /**
     * Sends a batch.
     * @param batch the batch
     * @return completes when no more requests are sent for the batch; never fails
     */
    CompletableFuture<@Nullable Void> send(Batch batch) {
        List<PendingEvent> events = batch.events();
        listeners.onBatch(batch.eventCount);
        return send(batch, events).exceptionally(bug -> {
            completer.failed(events, asLatteStreamException(Callbacks.unwrap(bug)));
            return null;
        });
    }

    private CompletableFuture<@Nullable Void> send(Batch batch, List<PendingEvent> events) {
        SubBatch subBatch = new SubBatch(
                batch, events, pipeline, accumulator, completer, counters, interruptions, permissions, scheduler);
        return pipeline.retries()
                .execute(subBatch::attempt, () -> accumulator.timeLeft(events), interruptions::retrying)
                .handle((response, failure) -> failure == null
                        ? delivered(subBatch.sent(), response)
                        : failed(batch, subBatch.sent(), Callbacks.unwrap(failure)))
                .thenCompose(Function.identity());
    }

    private CompletableFuture<@Nullable Void> delivered(List<PendingEvent> events, @Nullable ServiceResponse response) {
        if (response != null) {
            completer.delivered(events, response);
        }
        return CompletableFuture.completedFuture(null);
    }

    private CompletableFuture<@Nullable Void> failed(Batch batch, List<PendingEvent> events, Throwable failure) {
        if (failure instanceof LatteStreamApiException rejection && rejection.isInvalidRequest() && events.size() > 1) {
            counters.split.increment();
            int half = events.size() / 2;
            // one after the other, because they may share a channel
            return CompletableFuture.runAsync(() -> {}, scheduler)
                    .thenCompose(done -> send(batch, events.subList(0, half)))
                    .thenComposeAsync(done -> send(batch, events.subList(half, events.size())), scheduler);
        }
        if (failure instanceof LatteStreamAuthenticationException rejection) {
            completer.secretRejected(events, rejection);
        } else {
            completer.failed(events, asLatteStreamException(failure));
        }
        return CompletableFuture.completedFuture(null);
    }

    private static LatteStreamException asLatteStreamException(Throwable failure) {
        return failure instanceof LatteStreamException known
                ? known
                : new LatteStreamException("The event could not be sent: " + failure, failure);
    }
}
