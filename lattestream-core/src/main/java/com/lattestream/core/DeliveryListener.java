package com.lattestream.core;

/**
 * Hears what becomes of events, as metrics do. It is called by the client's own threads, several at once, so it must be
 * thread-safe, and must not block. What it throws is logged, and changes nothing.
 */
public interface DeliveryListener {

    /**
     * Events go out together, in one request, however often that is sent.
     * @param events how many; 1 for an event that goes alone
     */
    default void onBatch(int events) {}

    /**
     * The service has accepted an event.
     * @param nanos how long ago it was taken, in nanoseconds
     */
    default void onDelivered(long nanos) {}

    /**
     * An event was not delivered, for whatever reason.
     * @param nanos how long ago it was taken, in nanoseconds
     */
    default void onFailed(long nanos) {}
}
