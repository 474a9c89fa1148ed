package com.lattestream.core.internal.delivery;

import com.lattestream.core.LatteStreamAuthenticationException;
import com.lattestream.core.LatteStreamException;
import com.lattestream.core.LatteStreamTimeoutException;
import com.lattestream.core.TriggerResult;
import com.lattestream.core.UndeliveredEvent;
import com.lattestream.core.UndeliveredEventHandler;
import com.lattestream.core.internal.http.ServiceResponse;
import com.lattestream.core.internal.logging.LogEvent;
import com.lattestream.core.internal.wire.EventFormat;
import com.lattestream.core.internal.wire.EventReader;
import com.lattestream.core.internal.wire.Replies;
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
 * Settles what has become of events, makes room for others, and tells those who want to know: the callers by their
 * futures, the handler of what was not delivered. Thread-safe.
 */
final class EventOutcomes {

    private static final Logger logger = LoggerFactory.getLogger(EventOutcomes.class);

    private final EventQueue queue;

    private final QueueCapacity capacity;

    private final UndeliveredEventHandler undelivered;

    private final DeliveryListeners listeners;

    private final Duration deliveryTimeout;

    private final Handovers handovers;

    // so that a secret that is refused is said once, and not with every event
    private final AtomicBoolean secretRefused = new AtomicBoolean();

    private final LogEvent refusal = new LogEvent(logger, Level.ERROR, "secret_refused", "refusals");

    EventOutcomes(
            EventQueue queue,
            QueueCapacity capacity,
            UndeliveredEventHandler undelivered,
            DeliveryListeners listeners,
            Duration deliveryTimeout,
            Handovers handovers) {
        this.queue = queue;
        this.capacity = capacity;
        this.undelivered = undelivered;
        this.listeners = listeners;
        this.deliveryTimeout = deliveryTimeout;
        this.handovers = handovers;
    }

    /** The service has accepted these together. */
    void delivered(List<PendingEvent> events, ServiceResponse response) {
        secretRefused.set(false);
        List<PendingEvent> settled = queue.settle(events, true);
        // the answer to a batch says nothing of its events
        boolean telling = events.get(0).entry.format == EventFormat.SINGLE;
        handOver(
                settled,
                event -> {
                    if (listeners.any()) {
                        listeners.onDelivered(queue.age(event));
                    }
                    event.result.complete(
                            telling
                                    ? Replies.trigger(event.channels, response.body())
                                    : new TriggerResult(event.channels, OptionalInt.empty()));
                },
                () -> {});
    }

    /** These have failed together. */
    void failed(List<PendingEvent> events, LatteStreamException reason) {
        handOverFailed(queue.settle(events, false), reason);
    }

    /** The service refuses the secret these were sent with: what waits need not try. */
    void refused(List<PendingEvent> events, LatteStreamAuthenticationException reason) {
        List<PendingEvent> settled = new ArrayList<>(queue.settle(events, false));
        settled.addAll(queue.failIdle());
        boolean unheardOf = secretRefused.compareAndSet(false, true);
        handOverFailed(settled, reason, () -> {
            if (unheardOf) {
                refusal.log(
                        1,
                        () -> "The service refuses the secret, so " + settled.size()
                                + " event(s), all that were queued, are lost: " + reason.getMessage()
                                + ". Check lattestream.secret, and that the secret belongs to the cluster or endpoint");
            }
            report(settled, reason);
        });
    }

    /** Fails what was not answered within the delivery timeout. */
    void expire() {
        List<PendingEvent> late = queue.expire();
        Map<Batch, List<PendingEvent>> sent = new LinkedHashMap<>();
        List<PendingEvent> unsent = new ArrayList<>();
        for (PendingEvent event : late) {
            Batch batch = event.entry.batch;
            (batch == null ? unsent : sent.computeIfAbsent(batch, key -> new ArrayList<>())).add(event);
        }
        if (!unsent.isEmpty()) {
            handOverFailed(unsent, late(false, null));
        }
        sent.forEach((batch, events) ->
                handOverFailed(events, late(batch.exchanging || batch.ambiguous, batch.lastFailure)));
    }

    private LatteStreamTimeoutException late(boolean ambiguous, @Nullable Throwable lastFailure) {
        String message = "Not delivered within the delivery timeout of " + deliveryTimeout;
        if (lastFailure != null) {
            message += "; at last: " + lastFailure.getMessage();
        } else if (!ambiguous) {
            message += ": it was never sent";
        }
        return new LatteStreamTimeoutException(message, ambiguous, lastFailure);
    }

    /** Fails whatever is left, and returns the number of these events. */
    int failAll(LatteStreamException reason) {
        List<PendingEvent> left = queue.failAll();
        handOverFailed(left, reason);
        return left.size();
    }

    private void handOverFailed(List<PendingEvent> settled, LatteStreamException reason) {
        handOverFailed(settled, reason, () -> report(settled, reason));
    }

    private void handOverFailed(List<PendingEvent> settled, LatteStreamException reason, Runnable report) {
        handOver(
                settled,
                event -> {
                    if (listeners.any()) {
                        listeners.onFailed(queue.age(event));
                    }
                    event.result.completeExceptionally(reason);
                },
                report);
    }

    private void handOver(List<PendingEvent> settled, Consumer<PendingEvent> completion, Runnable report) {
        if (!settled.isEmpty()) {
            handovers.add(new Handover(
                    settled,
                    capacity,
                    completion,
                    report,
                    () -> queue.forget(settled).run()));
        }
    }

    private void report(List<PendingEvent> failed, LatteStreamException reason) {
        try {
            List<UndeliveredEvent> events = failed.stream()
                    .sorted(Comparator.comparingLong(event -> event.number))
                    .map(event -> EventReader.read(event.encoded()))
                    .toList();
            undelivered.onUndelivered(events, reason);
        } catch (Throwable ex) {
            logger.error("The handler of undelivered events has failed, with {} event(s)", failed.size(), ex);
        }
    }

    /** Says what has been held back, as nothing comes after it. */
    void close() {
        refusal.close();
        try {
            undelivered.onClose();
        } catch (Throwable ex) {
            logger.error("The handler of undelivered events has failed", ex);
        }
    }
}
