package com.lattestream.spring.internal.broadcast;

import com.lattestream.core.Event;
import com.lattestream.core.TransactionBoundary;
import com.lattestream.core.TriggerResult;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Stores broadcasts in an event publication registry, such as Spring Modulith's: they are published again, to a
 * transactional listener. The registry stores the publication in the transaction, and completes it when the listener's
 * future has completed. Not final, as the registry proxies the listener's bean.
 */
public class OutboxBroadcastOutlet implements BroadcastOutlet {

    private final ApplicationEventPublisher events;

    private final TransactionBoundary transactions;

    private final BroadcastSender sender;

    private final InstantSource clock;

    // weak, because a broadcast is never passed to the listener if its whole transaction is rolled back
    private final Map<RegisteredBroadcast, Boolean> rolledBack = Collections.synchronizedMap(new WeakHashMap<>());

    /**
     * Creates an outlet.
     * @param events publishes to the listener
     * @param transactions reports rollbacks
     * @param sender sends committed broadcasts
     */
    public OutboxBroadcastOutlet(
            ApplicationEventPublisher events, TransactionBoundary transactions, BroadcastSender sender) {
        this(events, transactions, sender, InstantSource.system());
    }

    OutboxBroadcastOutlet(
            ApplicationEventPublisher events,
            TransactionBoundary transactions,
            BroadcastSender sender,
            InstantSource clock) {
        this.events = events;
        this.transactions = transactions;
        this.sender = sender;
        this.clock = clock;
    }

    @Override
    public void accept(String client, Event event) {
        RegisteredBroadcast broadcast = RegisteredBroadcast.of(client, event, clock);
        // Spring calls transactional listeners even if the event was published after a savepoint to which the
        // transaction was rolled back
        transactions.afterCompletion(() -> {}, () -> rolledBack.put(broadcast, true));
        events.publishEvent(broadcast);
    }

    /**
     * Triggers a broadcast.
     * @param broadcast the broadcast
     * @return completes when the service has accepted it, or immediately if it was rolled back to a savepoint, or has
     * expired: the registry then passes it to no listener again
     */
    @TransactionalEventListener(id = "lattestream.broadcast", fallbackExecution = true)
    public CompletableFuture<? extends @Nullable TriggerResult> deliver(RegisteredBroadcast broadcast) {
        if (rolledBack.remove(broadcast) != null) {
            return CompletableFuture.completedFuture(null);
        }
        Optional<Event> event = broadcast.toEvent(clock);
        if (event.isEmpty()) {
            sender.expired(broadcast);
            return CompletableFuture.completedFuture(null);
        }
        String client = broadcast.client();
        return sender.send(client == null ? "" : client, event.get());
    }
}
