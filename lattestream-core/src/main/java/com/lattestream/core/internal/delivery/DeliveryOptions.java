package com.lattestream.core.internal.delivery;

import java.time.Duration;

/**
 * How events are gathered, and how many may wait how long.
 *
 * @param batching whether events wait for others to travel with
 * @param batchSize how many travel together at most
 * @param interval how long an event waits at most for others
 * @param maxInFlight how many requests may be under way at once
 * @param maxQueuedEvents how many events without an answer are kept
 * @param maxQueuedBytes how many bytes these may have
 * @param maxBlock how long a caller waits for room
 * @param deliveryTimeout after how long an event without an answer fails
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
