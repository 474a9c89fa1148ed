package com.lattestream.spring.internal.broadcast;

import com.lattestream.core.Event;

/** Receives encoded broadcasts, and sends them to the service after the commit. Thread-safe. */
@FunctionalInterface
public interface BroadcastOutlet {

    /**
     * Accepts a broadcast.
     * @param client the name of the client's bean; empty for the default client
     * @param event the event, encoded
     */
    void accept(String client, Event event);
}
