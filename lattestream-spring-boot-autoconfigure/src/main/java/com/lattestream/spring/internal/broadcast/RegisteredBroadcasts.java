package com.lattestream.spring.internal.broadcast;

import com.lattestream.core.Event;
import com.lattestream.core.TriggerResult;
import java.util.concurrent.CompletableFuture;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Has broadcasts kept by an event publication registry, such as Spring Modulith's: they are published once more, to a
 * transactional listener, which is what such a registry notes in the transaction and crosses out when the listener's
 * future has completed well. Not final, as the registry has the listener's bean proxied.
 */
public class RegisteredBroadcasts implements BroadcastOutlet {

    private final ApplicationEventPublisher events;

    private final BroadcastSender sender;

    /**
     * Creates an outlet.
     * @param events publishes to the listener
     * @param sender takes what has been committed
     */
    public RegisteredBroadcasts(ApplicationEventPublisher events, BroadcastSender sender) {
        this.events = events;
        this.sender = sender;
    }

    @Override
    public void accept(String client, Event event) {
        events.publishEvent(RegisteredBroadcast.of(client, event));
    }

    /**
     * Triggers a broadcast.
     * @param broadcast the broadcast
     * @return completes when the service has accepted it
     */
    @TransactionalEventListener(id = "lattestream.broadcast", fallbackExecution = true)
    public CompletableFuture<TriggerResult> deliver(RegisteredBroadcast broadcast) {
        String client = broadcast.client();
        return sender.send(client == null ? "" : client, broadcast.toEvent());
    }
}
