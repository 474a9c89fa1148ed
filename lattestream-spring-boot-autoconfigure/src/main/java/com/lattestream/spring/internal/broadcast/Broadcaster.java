package com.lattestream.spring.internal.broadcast;

import com.lattestream.core.LatteStreamOperations;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes events of objects, and has them triggered. Thread-safe. */
public final class Broadcaster {

    private final LatteStreamOperations operations;

    private final BroadcastOutlet outlet;

    private final Supplier<@Nullable String> currentSocket;

    /**
     * Creates a broadcaster.
     * @param operations what encodes the events
     * @param outlet where they go
     * @param currentSocket the connection of the user who is being served; null if there is none
     */
    public Broadcaster(
            LatteStreamOperations operations, BroadcastOutlet outlet, Supplier<@Nullable String> currentSocket) {
        this.operations = operations;
        this.outlet = outlet;
        this.currentSocket = currentSocket;
    }

    void broadcast(BroadcastDefinition definition, Object source) {
        definition
                .event(source, currentSocket)
                // now, as the object may change until the commit
                .map(operations::encode)
                .ifPresent(outlet::accept);
    }
}
