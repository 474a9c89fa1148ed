package com.lattestream.spring.internal.socket;

import org.jspecify.annotations.Nullable;

/** Determines the current HTTP request. Thread-safe. */
@FunctionalInterface
public interface RequestSockets {

    /**
     * Returns the connection that the HTTP request of the calling thread names.
     * @return the connection, or null if there is no such request
     */
    @Nullable RequestSocket current();

    /**
     * Reports an event that excludes the sender's connection while no HTTP request could be determined. Does nothing by
     * default: where requests are bound to threads, other threads serve none.
     * @param place where the annotation of the event is
     */
    default void undetermined(String place) {}
}
