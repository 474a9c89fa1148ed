package com.lattestream.core;

/**
 * Hears what becomes of events, as metrics do. It is called by the client's own threads, and {@link #onBatch} by those of
 * callers too, several at once, so it must be thread-safe, and must not block. What it throws is logged, and changes
 * nothing.
 */
public interface DeliveryListener {

    /**
     * Events go out together, in one request, however often that is sent.
     * @param client the {@linkplain LatteStreamClient#name() name} of the client
     * @param events how many; 1 for an event that goes alone
     */
    default void onBatch(String client, int events) {}

    /**
     * The service has accepted an event.
     * @param client the name of the client
     * @param nanos how long ago it was taken, in nanoseconds
     */
    default void onDelivered(String client, long nanos) {}

    /**
     * An event was not delivered, for whatever reason.
     * @param client the name of the client
     * @param nanos how long ago it was taken, in nanoseconds
     */
    default void onFailed(String client, long nanos) {}
}
