package com.lattestream.spring.internal.socket;

import org.jspecify.annotations.Nullable;

/** Determines the current HTTP request. Thread-safe. */
@FunctionalInterface
public interface RequestSocketResolver {

    /**
     * Returns the connection that the HTTP request of the calling thread names.
     * @return the connection, or null if there is no such request
     */
    @Nullable RequestSocket current();

    /**
     * Called for an event that excludes the sender's connection if no HTTP request could be determined. Does nothing by
     * default: if requests are bound to threads, a thread without a request does not serve one.
     * @param location the location of the event's annotation
     */
    default void reportUndetermined(String location) {}
}
