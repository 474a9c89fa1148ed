package com.lattestream.core;

import java.util.Locale;

/**
 * A kind of requests. Each kind has a guaranteed share of the connections and a circuit breaker of its own, so that a
 * kind that fails or takes long does not affect the others.
 */
public enum RequestKind {

    /** Requests that deliver events. */
    EVENTS,

    /** Requests that users wait for when they connect: authorizations of subscriptions, and client tokens. */
    AUTHORIZATIONS,

    /** All other requests, such as queries about channels and users. */
    QUERIES;

    private final String id = name().toLowerCase(Locale.ROOT);

    /**
     * Returns the name of this kind in metrics, and in the names of circuit breakers.
     * @return such as {@code events}
     */
    public String id() {
        return id;
    }
}
