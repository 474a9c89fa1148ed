package com.lattestream.spring.internal.broadcast;

import com.lattestream.core.Event;
import com.lattestream.core.TriggerResult;
import com.lattestream.core.internal.logging.RateLimitedLogger;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Triggers broadcasts. Failures do not reach the publisher of the event, which cannot handle them. Thread-safe. */
public final class BroadcastSender {

    private static final Logger logger = LoggerFactory.getLogger(BroadcastSender.class);

    private final RateLimitedLogger failed = new RateLimitedLogger(logger, Level.WARN, "broadcast_failed", "events");

    private final BroadcastClients clients;

    /**
     * Creates a sender.
     * @param clients the clients that trigger the events
     */
    public BroadcastSender(BroadcastClients clients) {
        this.clients = clients;
    }

    /**
     * Triggers a broadcast, without waiting for room in the queue: the transaction has been committed already.
     * @param client the name of the client's bean; empty for the default client
     * @param event the event, encoded
     * @return completes when the service has accepted the event; failures have been logged, here or by the client's
     * {@link com.lattestream.core.UndeliveredEventHandler}
     */
    public CompletableFuture<TriggerResult> send(String client, Event event) {
        try {
            CompletableFuture<TriggerResult> result = clients.operations(client).tryTrigger(event);
            // a mock returns null
            return result != null
                    ? result
                    : CompletableFuture.completedFuture(new TriggerResult(event.channels(), OptionalInt.empty()));
        } catch (RuntimeException ex) {
            failed.log(
                    1,
                    () -> "Event " + event.name() + " for " + event.channels() + " was not accepted and is lost: "
                            + ex.getMessage());
            return CompletableFuture.failedFuture(ex);
        }
    }

    /**
     * Reports a stored broadcast that expired before it could be sent.
     * @param broadcast the broadcast
     */
    void expired(RegisteredBroadcast broadcast) {
        failed.log(
                1,
                () -> "Event " + broadcast.event() + " for " + broadcast.channels()
                        + " was stored by the event publication registry and has expired, so it is not sent."
                        + " To send such events later, increase expireAfter of the @Broadcast");
    }
}
