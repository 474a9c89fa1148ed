package com.lattestream.core.internal.delivery;

import java.time.Duration;

/**
 * The options of delivery.
 *
 * @param batching whether events wait for others to be sent in the same request
 * @param batchSize the maximum number of events in a request
 * @param interval the maximum time that an event waits for others
 * @param maxInFlight the maximum number of requests in flight
 * @param maxQueuedEvents the maximum number of events that are not delivered yet
 * @param maxQueuedBytes the maximum size of these events, in bytes
 * @param maxBlock the maximum time that a caller waits for room in the queue
 * @param deliveryTimeout the time after which an event fails that is not delivered
 */
public record DeliveryOptions(
        boolean batching,
        int batchSize,
        Duration interval,
        int maxInFlight,
        int maxQueuedEvents,
        int maxQueuedBytes,
        Duration maxBlock,
        Duration deliveryTimeout) {}
