package com.lattestream.spring.internal.broadcast;

import com.lattestream.core.Event;
import com.lattestream.core.TriggerResult;
import com.lattestream.core.internal.logging.LogEvent;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Triggers broadcasts. Nothing that goes wrong reaches the caller, who has nothing to do with it. Thread-safe. */
public final class BroadcastSender {

    private static final Logger logger = LoggerFactory.getLogger(BroadcastSender.class);

    private final LogEvent failed = new LogEvent(logger, Level.WARN, "broadcast_failed");

    private final BroadcastClients clients;

    /**
     * Creates a sender.
     * @param clients the clients that trigger the events
     */
    public BroadcastSender(BroadcastClients clients) {
        this.clients = clients;
    }

    /**
     * Triggers a broadcast, unless the queue is full: nobody who has committed waits for room.
     * @param client the name of the client's bean; empty for the default client
     * @param event the event, encoded
     * @return completes when the service has accepted it; what it fails with has been logged
     */
    public CompletableFuture<TriggerResult> send(String client, Event event) {
        CompletableFuture<TriggerResult> result;
        try {
            result = clients.operations(client).tryTrigger(event);
            if (result == null) {
                // a mock
                return CompletableFuture.completedFuture(new TriggerResult(event.channels(), OptionalInt.empty()));
            }
        } catch (RuntimeException ex) {
            result = CompletableFuture.failedFuture(ex);
        }
        return result.whenComplete((done, failure) -> {
            if (failure != null) {
                report(event, failure);
            }
        });
    }

    private void report(Event event, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        failed.log(
                1,
                () -> "Event " + event.name() + " was not delivered to " + event.channels() + ": "
                        + cause.getMessage());
    }
}
