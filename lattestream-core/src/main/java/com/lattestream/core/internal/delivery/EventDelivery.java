package com.lattestream.core.internal.delivery;

import com.lattestream.core.LatteStreamException;
import com.lattestream.core.internal.Callbacks;
import com.lattestream.core.internal.http.ServiceRequest;
import com.lattestream.core.internal.http.ServiceResponse;
import com.lattestream.core.internal.wire.EncodedEvent;
import com.lattestream.core.internal.wire.EventFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Carries events to the service: each batch when it is full, when its time has come, or when it is flushed. Requests
 * are put together on the scheduler's thread, answers are handed on by the callback executor; neither the caller's
 * nor the I/O threads do more than put something into a queue. Thread-safe.
 */
public final class EventDelivery {

    /** How many events an explicit batch holds at most. */
    public static final int MAX_EXPLICIT_BATCH = 10;

    private final Function<ServiceRequest, CompletableFuture<ServiceResponse>> service;

    private final EventQueue queue;

    private final boolean batching;

    private final Duration interval;

    private final ScheduledExecutorService scheduler;

    private final Executor callbacks;

    private final AtomicBoolean ticking = new AtomicBoolean();

    private final AtomicBoolean sending = new AtomicBoolean();

    /**
     * Creates a delivery.
     * @param service sends a request, with whatever retries it takes
     * @param options how events are gathered
     * @param scheduler a single thread, for the interval and for putting requests together
     * @param callbacks completes the futures
     */
    public EventDelivery(
            Function<ServiceRequest, CompletableFuture<ServiceResponse>> service,
            DeliveryOptions options,
            ScheduledExecutorService scheduler,
            Executor callbacks) {
        this.service = service;
        this.batching = options.batching();
        this.interval = options.interval();
        this.queue = new EventQueue(options.batching() ? options.batchSize() : 1, options.maxInFlight());
        this.scheduler = scheduler;
        this.callbacks = callbacks;
    }

    /**
     * Tells how events for {@link #deliver} are to be encoded.
     * @return the format
     */
    public EventFormat format() {
        return batching ? EventFormat.BATCH : EventFormat.SINGLE;
    }

    /**
     * Queues an event.
     * @param parts its parts, in this delivery's {@linkplain #format() format}; several go out as several requests
     * @return the answer to each part
     * @throws IllegalStateException if this is closed
     */
    public List<CompletableFuture<ServiceResponse>> deliver(List<EncodedEvent> parts) {
        List<QueuedEvents> entries = new ArrayList<>(parts.size());
        for (EncodedEvent part : parts) {
            entries.add(new QueuedEvents(List.of(part), format(), false));
        }
        return enqueue(entries, !batching);
    }

    /**
     * Queues events that go out at once, in requests of their own.
     * @param events the events, in the format of a batch
     * @return the answer to each request, the first for the first {@value #MAX_EXPLICIT_BATCH} events, and so on
     * @throws IllegalStateException if this is closed
     */
    public List<CompletableFuture<ServiceResponse>> deliverAtOnce(List<EncodedEvent> events) {
        List<QueuedEvents> entries = new ArrayList<>();
        for (int from = 0; from < events.size(); from += MAX_EXPLICIT_BATCH) {
            int to = Math.min(from + MAX_EXPLICIT_BATCH, events.size());
            entries.add(new QueuedEvents(List.copyOf(events.subList(from, to)), EventFormat.BATCH, true));
        }
        return enqueue(entries, true);
    }

    private List<CompletableFuture<ServiceResponse>> enqueue(List<QueuedEvents> entries, boolean due) {
        if (queue.add(entries, due)) {
            wakeSender();
        }
        // also then: the batch that is sent now need not be the one that takes these
        if (!due && ticking.compareAndSet(false, true)) {
            scheduler.schedule(this::tick, interval.toNanos(), TimeUnit.NANOSECONDS);
        }
        return entries.stream().map(entry -> entry.answer).toList();
    }

    private void tick() {
        ticking.set(false);
        queue.makeAllDue();
        sendDue();
    }

    /**
     * Sends what waits.
     * @return completes when everything queued before has its answer, whatever it is
     */
    public CompletableFuture<@Nullable Void> flush() {
        CompletableFuture<@Nullable Void> flushed = queue.flush();
        wakeSender();
        return flushed;
    }

    private void wakeSender() {
        if (sending.compareAndSet(false, true)) {
            scheduler.execute(this::sendDue);
        }
    }

    private void sendDue() {
        sending.set(false);
        Batch batch = queue.next();
        while (batch != null) {
            send(batch);
            batch = queue.next();
        }
    }

    private void send(Batch batch) {
        attempt(batch).whenComplete((response, failure) -> {
            if (failure == null) {
                answered(batch, () -> accept(batch.content, response));
            } else {
                answered(batch, () -> fail(batch.content, Callbacks.unwrap(failure)));
            }
        });
    }

    // whatever goes wrong, the batch has to give back its lanes
    private CompletableFuture<ServiceResponse> attempt(Batch batch) {
        try {
            return service.apply(batch.request());
        } catch (RuntimeException ex) {
            return CompletableFuture.failedFuture(ex);
        }
    }

    private void answered(Batch batch, Runnable handOver) {
        queue.release(batch);
        try {
            callbacks.execute(handOver);
        } finally {
            wakeSender();
        }
    }

    // forgotten before the callers hear of it, who may wait for everything in return: by flushing, or closing
    private void accept(List<QueuedEvents> entries, ServiceResponse response) {
        Runnable flushed = queue.forget(entries);
        entries.forEach(entry -> entry.answer.complete(response));
        flushed.run();
    }

    private void fail(List<QueuedEvents> entries, Throwable reason) {
        Runnable flushed = queue.forget(entries);
        // what has its answer by now, from closing or from the service, is not told of twice
        UndeliveredLog.write(
                entries.stream()
                        .filter(entry -> entry.answer.completeExceptionally(reason))
                        .toList(),
                reason);
        flushed.run();
    }

    /**
     * Takes no more events and sends what waits. What has no answer in time fails.
     * @param bound how long to wait for the answers
     */
    public void close(Duration bound) {
        queue.close();
        awaitUninterruptibly(flush(), bound);
        List<QueuedEvents> left = queue.unanswered();
        if (!left.isEmpty()) {
            fail(
                    left,
                    new LatteStreamException(
                            "The client was closed before the service answered; the event may not have been delivered"));
        }
    }

    // an application that is shut down in haste has its events delivered all the same
    private static void awaitUninterruptibly(CompletableFuture<?> future, Duration bound) {
        long deadline = System.nanoTime() + bound.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    future.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                    return;
                } catch (InterruptedException ex) {
                    interrupted = true;
                } catch (TimeoutException ex) {
                    return;
                } catch (ExecutionException ex) {
                    throw new IllegalStateException("Waiting for answers does not fail", ex);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
