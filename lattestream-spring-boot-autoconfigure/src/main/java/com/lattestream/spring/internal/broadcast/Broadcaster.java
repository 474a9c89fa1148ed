package com.lattestream.spring.internal.broadcast;

import com.lattestream.core.Event;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes events of objects, and has them triggered. Thread-safe. */
public final class Broadcaster {

    private final BroadcastClients clients;

    private final BroadcastOutlet outlet;

    private final Supplier<@Nullable String> currentSocket;

    /**
     * Creates a broadcaster.
     * @param clients the clients that encode the events
     * @param outlet where they go
     * @param currentSocket the connection of the user who is being served; null if there is none
     */
    public Broadcaster(BroadcastClients clients, BroadcastOutlet outlet, Supplier<@Nullable String> currentSocket) {
        this.clients = clients;
        this.outlet = outlet;
        this.currentSocket = currentSocket;
    }

    void broadcast(BroadcastDefinition definition, Object source) {
        clients.require(definition);
        definition
                .event(source, currentSocket)
                // now, as the object may change until the commit
                .map(event -> encode(definition.client(), event))
                .ifPresent(event -> outlet.accept(definition.client(), event));
    }

    private Event encode(String client, Event event) {
        Event encoded = clients.operations(client).encode(event);
        // a mock encodes nothing, and is to see the event nevertheless
        return encoded == null ? event : encoded;
    }
}
