package com.lattestream.spring.internal.broadcast;

import com.lattestream.core.Event;

/** Where broadcasts go that have been made ready: on to the service, after the commit. Thread-safe. */
@FunctionalInterface
public interface BroadcastOutlet {

    /**
     * Takes a broadcast.
     * @param event the event, encoded
     */
    void accept(Event event);
}
