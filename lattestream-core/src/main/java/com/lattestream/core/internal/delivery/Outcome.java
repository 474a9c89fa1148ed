package com.lattestream.core.internal.delivery;

/** How an event ends. */
enum Outcome {

    /** The service has accepted the event. */
    DELIVERED,

    /** The event was not delivered. */
    FAILED,

    /** A newer event is sent instead. */
    SUPERSEDED
}
