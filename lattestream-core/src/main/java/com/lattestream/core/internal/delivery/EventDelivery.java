package com.lattestream.core.internal.delivery;

import com.lattestream.core.DeliveryListener;
import com.lattestream.core.LatteStreamException;
import com.lattestream.core.LatteStreamQueueFullException;
import com.lattestream.core.LatteStreamStatistics;
import com.lattestream.core.TriggerResult;
import com.lattestream.core.UndeliveredEventHandler;
import com.lattestream.core.internal.http.LastRequestOutcome;
import com.lattestream.core.internal.logging.RateLimitedLogger;
import com.lattestream.core.internal.resilience.ServiceCircuitBreaker;
import com.lattestream.core.internal.wire.EncodedEvent;
import com.lattestream.core.internal.wire.EventFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Delivers events: accepts them within the capacity of the queue, sends each batch when it is full, when its interval
 * has ended or when it is flushed, and completes the futures on the callback executor. Thread-safe.
 */
public final class EventDelivery {

    /** The maximum number of events in a request that the caller has put together. */
    public static final int MAX_EXPLICIT_BATCH = 10;

    private static final Logger logger = LoggerFactory.getLogger(EventDelivery.class);

    private final RateLimitedLogger queueFull = new RateLimitedLogger(logger, Level.WARN, "queue_full", "events");

    private final ServiceCircuitBreaker breaker;

    private final EventAccumulator accumulator;

    private final QueueCapacity capacity;

    private final DeliveryCounters counters = new DeliveryCounters();

    private final EventCompleter completer;

    private final InterruptionLog interruptions;

    private final SendLoop sendLoop;

    private final DeliveryOptions options;

    private final EventFormat format;

    private final CoalescedTask batchInterval;

    private final ExpirationTimer expiration;

    private final ExpiryTimer expiry;

    /**
     * Creates a delivery.
     * @param client the name of the client, for listeners
     * @param pipeline sends the requests
     * @param options the options
     * @param undelivered receives the events that were not delivered
     * @param listeners receive the outcome of every event
     * @param scheduler a single thread, for timers and for sending batches that become full
     * @param callbacks completes the futures
     * @param nanoTime provides the time, as {@link System#nanoTime} does
     */
    public EventDelivery(
            String client,
            RequestPipeline pipeline,
            DeliveryOptions options,
            UndeliveredEventHandler undelivered,
            List<DeliveryListener> listeners,
            ScheduledExecutorService scheduler,
            Executor callbacks,
            LongSupplier nanoTime) {
        this.breaker = pipeline.breaker();
        this.options = options;
        this.format = options.batching() ? EventFormat.BATCH : EventFormat.SINGLE;
        this.accumulator = new EventAccumulator(
                options.batching() ? options.batchSize() : 1,
                options.maxInFlight(),
                options.deliveryTimeout(),
                nanoTime);
        this.capacity = new QueueCapacity(options.maxQueuedEvents(), options.maxQueuedBytes(), options.maxBlock());
        CompositeDeliveryListener listener = new CompositeDeliveryListener(client, listeners);
        CompletionDispatcher dispatcher = new CompletionDispatcher(callbacks, scheduler, nanoTime);
        this.completer =
                new EventCompleter(accumulator, capacity, undelivered, listener, options.deliveryTimeout(), dispatcher);
        this.interruptions = new InterruptionLog(
                client,
                pipeline.retryLimit(options.deliveryTimeout()),
                () -> accumulator.counts().undecided(),
                nanoTime);
        PermissionPoll permissions = new PermissionPoll(breaker, scheduler);
        BatchSender sender = new BatchSender(
                pipeline, accumulator, completer, counters, listener, interruptions, permissions, scheduler);
        this.sendLoop = new SendLoop(accumulator, sender, pipeline, permissions, scheduler);
        this.batchInterval = new CoalescedTask(scheduler, this::sendWaiting);
        this.expiration = new ExpirationTimer(
                accumulator, completer, sendLoop, breaker, options.deliveryTimeout(), scheduler, nanoTime);
        this.expiry = new ExpiryTimer(accumulator, completer, sendLoop, scheduler);
    }

    /**
     * Returns the format in which {@link #deliver} expects events.
     * @return the format
     */
    public EventFormat format() {
        return format;
    }

    /**
     * Accepts an event.
     * @param event the event, in the {@linkplain #format() format} of this delivery
     * @param context the caller's context, for the observer of requests
     * @param mayWait whether to wait for room in the queue
     * @return the result
     * @throws IllegalArgumentException if the event is larger than the whole queue
     * @throws IllegalStateException if the delivery is closed
     * @throws LatteStreamQueueFullException if there is no room in time
     */
    public CompletableFuture<TriggerResult> deliver(EncodedEvent event, @Nullable Object context, boolean mayWait) {
        BatchEntry entry = new BatchEntry(event, format, context);
        accept(entry, 1, entry.first.size(), !options.batching(), mayWait);
        return entry.first.result;
    }

    /**
     * Accepts the chunks of an event for many channels, which are sent in several requests, one after the other.
     * @param chunks the chunks, in the {@linkplain #format() format} of this delivery
     * @param context the caller's context, for the observer of requests
     * @param mayWait whether to wait for room in the queue
     * @return the result of each chunk
     * @throws IllegalArgumentException if the chunks are larger than the whole queue
     * @throws IllegalStateException if the delivery is closed
     * @throws LatteStreamQueueFullException if there is no room in time; no chunk is accepted then
     */
    public List<CompletableFuture<TriggerResult>> deliver(
            List<EncodedEvent> chunks, @Nullable Object context, boolean mayWait) {
        List<BatchEntry> entries = new ArrayList<>(chunks.size());
        for (EncodedEvent chunk : chunks) {
            entries.add(new BatchEntry(chunk, format, context));
        }
        return deliver(entries, !options.batching(), mayWait);
    }

    /**
     * Accepts events that are sent immediately, in requests of their own with at most {@value #MAX_EXPLICIT_BATCH}
     * events.
     * @param events the events, in the format of a batch
     * @param context the caller's context, for the observer of requests
     * @return the result of each event
     * @throws IllegalArgumentException if there are more events than the queue can hold
     * @throws IllegalStateException if the delivery is closed
     * @throws LatteStreamQueueFullException if there is no room in time; no event is accepted then
     */
    public List<CompletableFuture<TriggerResult>> deliverImmediately(
            List<EncodedEvent> events, @Nullable Object context) {
        List<BatchEntry> entries = new ArrayList<>();
        for (int from = 0; from < events.size(); from += MAX_EXPLICIT_BATCH) {
            int to = Math.min(from + MAX_EXPLICIT_BATCH, events.size());
            entries.add(new BatchEntry(events.subList(from, to), EventFormat.BATCH, true, context));
        }
        return deliver(entries, true, true);
    }

    private List<CompletableFuture<TriggerResult>> deliver(
            List<BatchEntry> entries, boolean immediate, boolean mayWait) {
        List<CompletableFuture<TriggerResult>> results = new ArrayList<>(entries.size());
        long size = 0;
        for (BatchEntry entry : entries) {
            for (PendingEvent event : entry.events()) {
                results.add(event.result);
                size += event.size();
            }
        }
        accept(BatchEntry.link(entries), results.size(), size, immediate, mayWait);
        return results;
    }

    private void accept(BatchEntry entry, int count, long size, boolean immediate, boolean mayWait) {
        if (entry.isConflated()) {
            acceptConflated(entry, count, size, immediate, mayWait);
        } else {
            reserve(count, size, mayWait);
            boolean batchReady;
            try {
                batchReady = accumulator.add(entry, immediate);
            } catch (IllegalStateException ex) {
                capacity.release(count, (int) size);
                throw ex;
            }
            added(entry, batchReady, immediate);
        }
    }

    private void acceptConflated(BatchEntry entry, int count, long size, boolean immediate, boolean mayWait) {
        boolean reserved = capacity.tryReserve(count, size);
        List<PendingEvent> superseded =
                reserved || count > 1 ? List.of() : accumulator.tryReplace(entry, immediate, capacity);
        if (superseded.isEmpty()) {
            if (!reserved) {
                reserve(count, size, mayWait);
            }
            try {
                superseded = accumulator.addConflated(entry, immediate);
            } catch (IllegalStateException ex) {
                capacity.release(count, (int) size);
                throw ex;
            }
        }
        added(entry, accumulator.mayHaveBatch(), immediate);
        // afterwards, because callbacks may run on this thread
        completer.superseded(superseded);
    }

    private void reserve(int count, long size, boolean mayWait) {
        try {
            capacity.reserve(count, size, mayWait);
        } catch (LatteStreamQueueFullException ex) {
            counters.rejected.add(count);
            queueFull.log(count, () -> String.valueOf(ex.getMessage()));
            throw ex;
        }
    }

    private void added(BatchEntry entry, boolean batchReady, boolean immediate) {
        if (!immediate) {
            // also if a batch is ready: it need not contain the new events
            batchInterval.schedule(options.interval().toNanos());
        }
        expiration.eventAdded();
        if (entry.hasExpiry()) {
            expiry.eventAdded();
        }
        if (batchReady) {
            if (immediate) {
                sendLoop.sendFromCaller();
            } else {
                sendLoop.wakeUp();
            }
        }
    }

    private void sendWaiting() {
        accumulator.flushWaiting();
        sendLoop.run();
    }

    /**
     * Sends the waiting events without waiting for full batches.
     * @return completes when the futures of all events that were accepted before are complete
     */
    public CompletableFuture<@Nullable Void> flush() {
        CompletableFuture<@Nullable Void> flushed = accumulator.flush();
        sendLoop.wakeUp();
        return flushed;
    }

    /**
     * Returns the statistics of events.
     * @param last the outcomes of the last requests
     * @param otherRetries the number of retries of requests without events
     * @return a snapshot
     */
    public LatteStreamStatistics statistics(LastRequestOutcome last, long otherRetries) {
        EventCounts counts = accumulator.counts();
        return new LatteStreamStatistics(
                counts.queued(),
                capacity.usedBytes(),
                options.maxQueuedEvents(),
                counts.inFlight(),
                counts.delivered(),
                counts.failed(),
                counts.superseded(),
                counters.rejected.sum(),
                counts.batches(),
                counters.retried.sum() + otherRetries,
                counters.split.sum(),
                breaker.state(),
                last.success(),
                last.failure(),
                Map.of());
    }

    /**
     * Accepts no more events, sends the waiting ones, and fails those that have no response in time.
     * @param timeForResponses the maximum time to wait for responses
     * @param timeLeft returns the maximum time to wait for the futures of events that failed
     * @return the number of events that failed because they had no response
     */
    public int close(Duration timeForResponses, Supplier<Duration> timeLeft) {
        accumulator.close();
        int undelivered = 0;
        if (!awaitUninterruptibly(flush(), timeForResponses)) {
            undelivered = completer.failAll(new LatteStreamException(
                    "The client was closed before the service responded; the event may not have been delivered"));
            awaitUninterruptibly(flush(), timeLeft.get());
        }
        queueFull.close();
        interruptions.close();
        completer.close();
        return undelivered;
    }

    // an interrupt, as of an application that is shut down, does not lose events
    private static boolean awaitUninterruptibly(CompletableFuture<?> future, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    future.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                    return true;
                } catch (InterruptedException ex) {
                    interrupted = true;
                } catch (TimeoutException ex) {
                    return false;
                } catch (ExecutionException ex) {
                    throw new IllegalStateException("A flush does not fail", ex);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
