package com.lattestream.core.internal.delivery;

import com.lattestream.core.LatteStreamAuthenticationException;
import com.lattestream.core.LatteStreamException;
import com.lattestream.core.LatteStreamTimeoutException;
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
        List<PendingEvent> settled = accumulator.settle(events, true);
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

    /** Ends events that have failed for the same reason. */
    void failed(List<PendingEvent> events, LatteStreamException reason) {
        completeFailed(accumulator.settle(events, false), reason);
    }

    /** Ends events, and all events that wait, because the service rejects the secret. */
    void secretRejected(List<PendingEvent> events, LatteStreamAuthenticationException reason) {
        List<PendingEvent> settled = new ArrayList<>(accumulator.settle(events, false));
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

    /** Ends the events that were not delivered within the delivery timeout. */
    void failExpired() {
        List<PendingEvent> expired = accumulator.failExpired();
        Map<Batch, List<PendingEvent>> sent = new LinkedHashMap<>();
        List<PendingEvent> unsent = new ArrayList<>();
        for (PendingEvent event : expired) {
            Batch batch = event.entry.batch;
            (batch == null ? unsent : sent.computeIfAbsent(batch, key -> new ArrayList<>())).add(event);
        }
        if (!unsent.isEmpty()) {
            completeFailed(unsent, timeout(false, null));
        }
        sent.forEach((batch, events) -> completeFailed(events, timeout(batch.isAmbiguous(), batch.lastFailure())));
    }

    private LatteStreamTimeoutException timeout(boolean ambiguous, @Nullable Throwable lastFailure) {
        String message = "Not delivered within the delivery timeout of " + deliveryTimeout;
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
