package com.lattestream.core.internal.delivery;

import com.lattestream.core.LatteStreamAuthenticationException;
import com.lattestream.core.LatteStreamException;
import com.lattestream.core.LatteStreamTimeoutException;
import com.lattestream.core.TriggerResult;
import com.lattestream.core.UndeliveredEvent;
import com.lattestream.core.UndeliveredEventHandler;
import com.lattestream.core.internal.http.ServiceResponse;
import com.lattestream.core.internal.logging.RateLimitedLogger;
import com.lattestream.core.internal.wire.EventFormat;
import com.lattestream.core.internal.wire.ResponseReader;
import com.lattestream.core.internal.wire.UndeliveredEventReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Ends events: settles them, frees their room in the queue, completes their futures, and reports those that failed to
 * the {@link UndeliveredEventHandler}. Thread-safe.
 */
final class EventCompleter {

    private static final Logger logger = LoggerFactory.getLogger(EventCompleter.class);

    private final EventAccumulator accumulator;

    private final QueueCapacity capacity;

    private final UndeliveredEventHandler undelivered;

    private final CompositeDeliveryListener listeners;

    private final Duration deliveryTimeout;

    private final CompletionDispatcher dispatcher;

    private final Consumer<List<PendingEvent>> whenSuperseded = this::superseded;

    // a rejected secret is reported once, and not for every event
    private final AtomicBoolean secretRejected = new AtomicBoolean();

    private final RateLimitedLogger refusal = new RateLimitedLogger(logger, Level.ERROR, "secret_refused", "refusals");

    EventCompleter(
            EventAccumulator accumulator,
            QueueCapacity capacity,
            UndeliveredEventHandler undelivered,
            CompositeDeliveryListener listeners,
            Duration deliveryTimeout,
            CompletionDispatcher dispatcher) {
        this.accumulator = accumulator;
        this.capacity = capacity;
        this.undelivered = undelivered;
        this.listeners = listeners;
        this.deliveryTimeout = deliveryTimeout;
        this.dispatcher = dispatcher;
    }

    /** Ends events that the service has accepted in one request. */
    void delivered(List<PendingEvent> events, ServiceResponse response) {
        secretRejected.set(false);
        List<PendingEvent> settled = accumulator.settle(events, Outcome.DELIVERED);
        // the response to a batch has no information on its events
        boolean informative = events.get(0).entry.format == EventFormat.SINGLE;
        complete(
                settled,
                event -> {
                    if (!listeners.isEmpty()) {
                        listeners.onDelivered(accumulator.age(event));
                    }
                    event.result.complete(
                            informative
                                    ? ResponseReader.trigger(event.channels, response.body())
                                    : event.resultWithoutInformation());
                },
                () -> {});
    }

    /**
     * Begins an attempt, and ends the events that are not sent because a newer event is sent instead.
     * @param batch the batch that the events are part of
     * @param events the events to send
     * @return those of them that are to be sent
     */
    List<PendingEvent> beginAttempt(Batch batch, List<PendingEvent> events) {
        return accumulator.beginAttempt(batch, events, whenSuperseded);
    }

    /** Completes the futures of events that a newer event has superseded. */
    void superseded(List<PendingEvent> settled) {
        if (settled.isEmpty()) {
            return;
        }
        complete(
                settled,
                event -> {
                    if (!listeners.isEmpty()) {
                        listeners.onSuperseded(accumulator.age(event));
                    }
                    event.result.complete(new TriggerResult(event.channels, OptionalInt.empty(), true));
                },
                () -> {});
    }

    /** Ends events that have failed for the same reason. */
    void failed(List<PendingEvent> events, LatteStreamException reason) {
        completeFailed(accumulator.settle(events, Outcome.FAILED), reason);
    }

    /** Ends events, and all events that wait, because the service rejects the secret. */
    void secretRejected(List<PendingEvent> events, LatteStreamAuthenticationException reason) {
        List<PendingEvent> settled = new ArrayList<>(accumulator.settle(events, Outcome.FAILED));
        settled.addAll(accumulator.failAll(event -> !event.isInFlight()));
        boolean first = secretRejected.compareAndSet(false, true);
        completeFailed(settled, reason, () -> {
            if (first) {
                refusal.log(
                        1,
                        () -> "The service rejected the secret, so all " + settled.size()
                                + " queued event(s) failed: " + reason.getMessage()
                                + ". Later events are sent with the same secret. Check lattestream.secret, and that the"
                                + " secret belongs to the cluster or endpoint");
            }
            report(settled, reason);
        });
    }

    /** Ends the events that were not delivered within the delivery timeout, or within their own expiry. */
    void failExpired() {
        // no record as the key, because JDK 25 keeps the class loader of a record whose generated methods have run
        Map<@Nullable Batch, Map<Duration, List<PendingEvent>>> expired = new LinkedHashMap<>();
        for (PendingEvent event : accumulator.failExpired()) {
            Duration timeout = Duration.ofNanos(event.timeout(deliveryTimeout.toNanos()));
            expired.computeIfAbsent(event.entry.batch, key -> new LinkedHashMap<>())
                    .computeIfAbsent(timeout, key -> new ArrayList<>())
                    .add(event);
        }
        expired.forEach((batch, byTimeout) ->
                byTimeout.forEach((timeout, events) -> completeFailed(events, timeout(batch, timeout))));
    }

    private LatteStreamTimeoutException timeout(@Nullable Batch batch, Duration timeout) {
        boolean ambiguous = batch != null && batch.isAmbiguous();
        Throwable lastFailure = batch == null ? null : batch.lastFailure();
        String message = "Not delivered within the "
                + (timeout.equals(deliveryTimeout) ? "delivery timeout" : "expiry of the event") + " of "
                + timeout;
        if (lastFailure != null) {
            message += "; the last attempt failed: " + lastFailure.getMessage();
        } else if (!ambiguous) {
            message += ": it was not sent";
        }
        return new LatteStreamTimeoutException(message, ambiguous, lastFailure);
    }

    /** Ends all events, and returns their number. */
    int failAll(LatteStreamException reason) {
        List<PendingEvent> left = accumulator.failAll(event -> true);
        completeFailed(left, reason);
        return left.size();
    }

    private void completeFailed(List<PendingEvent> settled, LatteStreamException reason) {
        completeFailed(settled, reason, () -> report(settled, reason));
    }

    private void completeFailed(List<PendingEvent> settled, LatteStreamException reason, Runnable report) {
        complete(
                settled,
                event -> {
                    if (!listeners.isEmpty()) {
                        listeners.onFailed(accumulator.age(event));
                    }
                    event.result.completeExceptionally(reason);
                },
                report);
    }

    private void complete(List<PendingEvent> settled, Consumer<PendingEvent> completion, Runnable report) {
        if (!settled.isEmpty()) {
            dispatcher.dispatch(new CompletionTask(
                    settled,
                    capacity,
                    completion,
                    report,
                    () -> accumulator.removeCompleted(settled).run()));
        }
    }

    private void report(List<PendingEvent> failed, LatteStreamException reason) {
        try {
            List<UndeliveredEvent> events = failed.stream()
                    .sorted(Comparator.comparingLong(event -> event.sequenceNumber))
                    .map(event -> UndeliveredEventReader.read(event.encoded()))
                    .toList();
            undelivered.onUndelivered(events, reason);
        } catch (Throwable ex) {
            logger.error(
                    "The UndeliveredEventHandler failed for {} event(s), which are not passed to it again",
                    failed.size(),
                    ex);
        }
    }

    /** Writes the lines that are held back to the log. */
    void close() {
        refusal.close();
        try {
            undelivered.onClose();
        } catch (Throwable ex) {
            logger.error("The UndeliveredEventHandler failed in onClose; the client closes nevertheless", ex);
        }
    }
}
