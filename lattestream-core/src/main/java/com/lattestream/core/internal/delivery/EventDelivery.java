package com.lattestream.core.internal.delivery;

import com.lattestream.core.CircuitBreakerState;
import com.lattestream.core.DeliveryListener;
import com.lattestream.core.LatteStreamException;
import com.lattestream.core.LatteStreamQueueFullException;
import com.lattestream.core.LatteStreamStatistics;
import com.lattestream.core.TriggerResult;
import com.lattestream.core.UndeliveredEventHandler;
import com.lattestream.core.internal.http.LastOutcomes;
import com.lattestream.core.internal.logging.LogEvent;
import com.lattestream.core.internal.resilience.ServiceBreaker;
import com.lattestream.core.internal.wire.EncodedEvent;
import com.lattestream.core.internal.wire.EventFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Carries events to the service: each batch when it is full, when its time has come, or when it is flushed. Answers are
 * handed on by the callback executor. Thread-safe.
 *
 * <p>Whoever makes a request possible makes it, as a change of threads costs more than a request: the I/O thread that has
 * brought an answer, or the caller of what waits for nothing to travel with. But only while all connections are open:
 * where one has to be opened, which may wait for a name server, and where batches fill up, it is the scheduler's thread.
 * A connection that the service has closed in the meantime is the exception, and is opened again by whoever finds it so.
 */
public final class EventDelivery {

    /** How many events an explicit batch holds at most. */
    public static final int MAX_EXPLICIT_BATCH = 10;

    private static final Logger logger = LoggerFactory.getLogger(EventDelivery.class);

    // the time before a deadline at which the service is tried in any case, at most once in this time
    private static final long LAST_CHANCE = TimeUnit.SECONDS.toNanos(1);

    private final LogEvent queueFull = new LogEvent(logger, Level.WARN, "queue_full", "events");

    private final ServiceBreaker breaker;

    private final BooleanSupplier connected;

    private final EventQueue queue;

    private final QueueCapacity capacity;

    private final DeliveryCounters counters = new DeliveryCounters();

    private final EventOutcomes outcomes;

    private final BatchSender sender;

    private final InterruptionLog interruptions;

    private final DeliveryOptions options;

    private final ScheduledExecutorService scheduler;

    private final LongSupplier nanoTime;

    // by the scheduler's thread only
    private long lastChance;

    private final AtomicBoolean ticking = new AtomicBoolean();

    private final AtomicBoolean sweeping = new AtomicBoolean();

    private final AtomicBoolean sending = new AtomicBoolean();

    private final AtomicBoolean polling = new AtomicBoolean();

    /**
     * Creates a delivery.
     * @param client what listeners call the client
     * @param service how requests get to the service
     * @param options how events are gathered, and how many may wait how long
     * @param undelivered is told of what was not delivered
     * @param listeners hear what becomes of every event
     * @param scheduler a single thread, for the timers and for putting requests together
     * @param callbacks completes the futures
     * @param nanoTime tells the time, as {@link System#nanoTime} does
     */
    public EventDelivery(
            String client,
            ServiceAccess service,
            DeliveryOptions options,
            UndeliveredEventHandler undelivered,
            List<DeliveryListener> listeners,
            ScheduledExecutorService scheduler,
            Executor callbacks,
            LongSupplier nanoTime) {
        this.breaker = service.breaker();
        this.nanoTime = nanoTime;
        this.lastChance = nanoTime.getAsLong() - LAST_CHANCE;
        this.connected = service.connected();
        this.options = options;
        this.scheduler = scheduler;
        this.queue = new EventQueue(
                options.batching() ? options.batchSize() : 1,
                options.maxInFlight(),
                options.deliveryTimeout(),
                nanoTime);
        this.capacity = new QueueCapacity(options.maxQueuedEvents(), options.maxQueuedBytes(), options.maxBlock());
        DeliveryListeners hearing = new DeliveryListeners(client, listeners);
        Handovers handovers = new Handovers(callbacks, scheduler, nanoTime);
        this.outcomes = new EventOutcomes(queue, capacity, undelivered, hearing, options.deliveryTimeout(), handovers);
        this.interruptions =
                new InterruptionLog(client, service.retryLimit(options.deliveryTimeout()), queue::waiting, nanoTime);
        this.sender = new BatchSender(service, queue, outcomes, counters, hearing, interruptions, scheduler);
    }

    /**
     * Tells how events for {@link #deliver} are to be encoded.
     * @return the format
     */
    public EventFormat format() {
        return options.batching() ? EventFormat.BATCH : EventFormat.SINGLE;
    }

    /**
     * Queues an event.
     * @param event the event, in this delivery's {@linkplain #format() format}
     * @param context what the caller is about, for the observer of requests
     * @param mayWait whether to wait where there is no room
     * @return the result
     * @throws IllegalArgumentException if it is larger than the whole queue
     * @throws IllegalStateException if this is closed
     * @throws LatteStreamQueueFullException if there is no room in time
     */
    public CompletableFuture<TriggerResult> deliver(EncodedEvent event, @Nullable Object context, boolean mayWait) {
        QueuedEvents entry = new QueuedEvents(List.of(event), format(), false, context);
        enqueue(List.of(entry), 1, entry.first.size(), !options.batching(), mayWait);
        return entry.first.result;
    }

    /**
     * Queues the parts of an event, which go out as several requests, one after the other.
     * @param parts the parts, in this delivery's {@linkplain #format() format}
     * @param context what the caller is about, for the observer of requests
     * @param mayWait whether to wait where there is no room
     * @return the result of each part
     * @throws IllegalArgumentException if they are larger than the whole queue
     * @throws IllegalStateException if this is closed
     * @throws LatteStreamQueueFullException if there is no room in time; none is queued then
     */
    public List<CompletableFuture<TriggerResult>> deliver(
            List<EncodedEvent> parts, @Nullable Object context, boolean mayWait) {
        List<QueuedEvents> entries = new ArrayList<>(parts.size());
        for (EncodedEvent part : parts) {
            entries.add(new QueuedEvents(List.of(part), format(), false, context));
        }
        return enqueue(entries, !options.batching(), mayWait);
    }

    /**
     * Queues events that go out at once, in requests of their own, each of {@value #MAX_EXPLICIT_BATCH} events at most.
     * @param events the events, in the format of a batch
     * @param context what the caller is about, for the observer of requests
     * @return the result of each event
     * @throws IllegalArgumentException if they are more than the whole queue holds
     * @throws IllegalStateException if this is closed
     * @throws LatteStreamQueueFullException if there is no room in time; none is queued then
     */
    public List<CompletableFuture<TriggerResult>> deliverAtOnce(List<EncodedEvent> events, @Nullable Object context) {
        List<QueuedEvents> entries = new ArrayList<>();
        for (int from = 0; from < events.size(); from += MAX_EXPLICIT_BATCH) {
            int to = Math.min(from + MAX_EXPLICIT_BATCH, events.size());
            entries.add(new QueuedEvents(events.subList(from, to), EventFormat.BATCH, true, context));
        }
        return enqueue(entries, true, true);
    }

    private List<CompletableFuture<TriggerResult>> enqueue(List<QueuedEvents> entries, boolean due, boolean mayWait) {
        List<CompletableFuture<TriggerResult>> results = new ArrayList<>(entries.size());
        long size = 0;
        for (QueuedEvents entry : entries) {
            for (PendingEvent event : entry.events()) {
                results.add(event.result);
                size += event.size();
            }
        }
        enqueue(entries, results.size(), size, due, mayWait);
        return results;
    }

    private void enqueue(List<QueuedEvents> entries, int count, long size, boolean due, boolean mayWait) {
        reserve(count, size, mayWait);
        boolean sendable;
        try {
            sendable = queue.add(entries, due);
        } catch (IllegalStateException ex) {
            capacity.release(count, (int) size);
            throw ex;
        }
        // also if there is a batch to send: it need not be the one that takes these
        if (!due && !ticking.get() && ticking.compareAndSet(false, true)) {
            schedule(this::tick, options.interval().toNanos());
        }
        if (!sweeping.get() && sweeping.compareAndSet(false, true)) {
            schedule(this::sweep, Math.max(0, options.deliveryTimeout().toNanos() - LAST_CHANCE));
        }
        if (sendable) {
            sendOrWake(due);
        }
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

    private void schedule(Runnable task, long delayNanos) {
        try {
            scheduler.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException ex) {
            // closed meanwhile, which has settled everything
            logger.trace("A timer comes too late: the client is closed", ex);
        }
    }

    private void tick() {
        ticking.set(false);
        queue.makeAllDue();
        sendDue();
    }

    // fails what is late, and comes back for what will be next
    private void sweep() {
        outcomes.expire();
        OptionalLong next = queue.nextDeadline();
        if (next.isEmpty()) {
            sweeping.set(false);
            // whoever came in between has relied on this sweep
            next = queue.nextDeadline();
            if (next.isEmpty() || !sweeping.compareAndSet(false, true)) {
                return;
            }
        }
        if (next.getAsLong() > LAST_CHANCE) {
            schedule(this::sweep, next.getAsLong() - LAST_CHANCE);
        } else {
            tryBeforeDeadline();
            schedule(this::sweep, next.getAsLong());
        }
        // what has waited behind the late may go now
        sendDue();
    }

    // an event must not fail because an open circuit breaker does not notice that the service is back
    private void tryBeforeDeadline() {
        long now = nanoTime.getAsLong();
        if (breaker.state() == CircuitBreakerState.OPEN && now - lastChance >= LAST_CHANCE) {
            lastChance = now;
            breaker.allowProbes();
        }
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
            try {
                scheduler.execute(this::sendDue);
            } catch (RejectedExecutionException ex) {
                // closed meanwhile, which settles everything
                sending.set(false);
            }
        }
    }

    private void sendOrWake(boolean due) {
        if (due && !Thread.currentThread().isInterrupted() && connected.getAsBoolean()) {
            sendNext();
            // another caller's business
            if (queue.hasNext()) {
                wakeSender();
            }
        } else {
            wakeSender();
        }
    }

    private void sendDue() {
        sending.set(false);
        boolean sent = true;
        while (sent) {
            sent = sendNext();
        }
    }

    private boolean sendNext() {
        if (!queue.hasNext()) {
            return false;
        }
        if (!breaker.admits()) {
            sendLater();
            return false;
        }
        Batch batch = queue.next();
        if (batch == null) {
            return false;
        }
        CompletableFuture<@Nullable Void> sent = sender.send(batch);
        if (sent.isDone()) {
            // what fails at once would otherwise call the next from within
            queue.release(batch);
        } else {
            sent.whenComplete((done, failure) -> answered(batch));
        }
        return true;
    }

    private void answered(Batch batch) {
        queue.release(batch);
        if (connected.getAsBoolean()) {
            sendDue();
        } else {
            wakeSender();
        }
    }

    private void sendLater() {
        if (polling.compareAndSet(false, true)) {
            schedule(
                    () -> {
                        polling.set(false);
                        sendDue();
                    },
                    BatchSender.BREAKER_POLL.toNanos());
        }
    }

    /**
     * Counts what has become of the events.
     * @param last how the last requests ended
     * @param otherRetries how many requests without events were sent once more
     * @return a snapshot
     */
    public LatteStreamStatistics statistics(LastOutcomes last, long otherRetries) {
        EventQueue.Counts counts = queue.counts();
        return new LatteStreamStatistics(
                counts.queued(),
                capacity.usedBytes(),
                options.maxQueuedEvents(),
                counts.inFlight(),
                counts.delivered(),
                counts.failed(),
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
     * Takes no more events and sends what waits. What has no answer in time fails.
     * @param timeForResponses the maximum time to wait for responses
     * @param timeLeft returns the maximum time to wait for the futures of events that failed
     * @return the number of events that failed because they had no response
     */
    public int close(Duration timeForResponses, Supplier<Duration> timeLeft) {
        queue.close();
        int undelivered = 0;
        if (!awaitUninterruptibly(flush(), timeForResponses)) {
            undelivered = outcomes.failAll(new LatteStreamException(
                    "The client was closed before the service answered; the event may not have been delivered"));
            awaitUninterruptibly(flush(), timeLeft.get());
        }
        queueFull.close();
        interruptions.close();
        outcomes.close();
        return undelivered;
    }

    // an application that is shut down in haste has its events delivered all the same
    private static boolean awaitUninterruptibly(CompletableFuture<?> future, Duration bound) {
        long deadline = System.nanoTime() + bound.toNanos();
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
