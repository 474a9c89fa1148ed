package com.lattestream.core;

/**
 * Listener for the delivery of events, for example for metrics. Methods are called by threads of the client,
 * {@link #onBatch} also by threads of callers, possibly by several threads at once. Implementations must be thread-safe
 * and must not block. Exceptions that they throw are logged and have no other effect.
 */
public interface DeliveryListener {

    /**
     * Called when events are put together in one request. Called once per request, even if the request is sent again.
     * @param client the {@linkplain LatteStreamClient#name() name} of the client
     * @param events the number of events; 1 for an event that is sent on its own
     */
    default void onBatch(String client, int events) {}

    /**
     * Called when the service has accepted an event.
     * @param client the name of the client
     * @param nanos the time since the client accepted the event, in nanoseconds
     */
    default void onDelivered(String client, long nanos) {}

    /**
     * Called when an event was not delivered, for any reason.
     * @param client the name of the client
     * @param nanos the time since the client accepted the event, in nanoseconds
     */
    default void onFailed(String client, long nanos) {}

    /**
     * Called when a newer {@linkplain Event#conflated() conflated} event has replaced an event before it was delivered.
     * @param client the name of the client
     * @param nanos the time since the client accepted the event, in nanoseconds
     */
    default void onSuperseded(String client, long nanos) {}
}
