package com.lattestream.spring.internal.broadcast;

import com.lattestream.core.Event;
import com.lattestream.core.TransactionBoundary;
import com.lattestream.spring.internal.socket.RequestSocket;
import com.lattestream.spring.internal.socket.RequestSocketResolver;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Creates events from objects, and passes them to an outlet. Thread-safe. */
public final class Broadcaster {

    private final BroadcastClients clients;

    private final BroadcastOutlet outlet;

    private final BroadcastSender sender;

    private final RequestSocketResolver requests;

    /**
     * Creates a broadcaster.
     * @param clients the clients that encode the events
     * @param outlet the outlet of events that do not belong to a reactive transaction
     * @param sender sends the events of reactive transactions
     * @param requests determines the HTTP request that is being served
     */
    public Broadcaster(
            BroadcastClients clients, BroadcastOutlet outlet, BroadcastSender sender, RequestSocketResolver requests) {
        this.clients = clients;
        this.outlet = outlet;
        this.sender = sender;
        this.requests = requests;
    }

    /**
     * Returns the connection that the HTTP request of the calling thread names, or null if there is no such request.
     */
    @Nullable RequestSocket currentSocket() {
        return requests.current();
    }

    /**
     * Broadcasts an object.
     * @param transaction the reactive transaction that has to be committed first; null if there is none, so that a
     * transaction of the calling thread is used
     */
    void broadcast(BroadcastDefinition definition, Object source, @Nullable TransactionBoundary transaction) {
        broadcast(definition, source, transaction, requests::current);
    }

    void broadcast(
            BroadcastDefinition definition,
            Object source,
            @Nullable TransactionBoundary transaction,
            Supplier<@Nullable RequestSocket> socket) {
        clients.require(definition);
        // a registry stores events in transactions of threads, with blocking libraries
        BroadcastOutlet used = transaction == null ? outlet : new AfterCommitBroadcastOutlet(transaction, sender);
        definition
                .createEvent(source, () -> excluded(definition, socket.get()))
                // encoded immediately, because the object may change before the commit
                .map(event -> encode(definition.client(), event))
                .ifPresent(event -> used.accept(definition.client(), event));
    }

    private @Nullable String excluded(BroadcastDefinition definition, @Nullable RequestSocket socket) {
        if (socket == null) {
            requests.reportUndetermined(definition.location());
            return null;
        }
        return socket.id();
    }

    private Event encode(String client, Event event) {
        Event encoded = clients.operations(client).encode(event);
        // a mock returns null, and should receive the event nevertheless
        return encoded == null ? event : encoded;
    }
}
