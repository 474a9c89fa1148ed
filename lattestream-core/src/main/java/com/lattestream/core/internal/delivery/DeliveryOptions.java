package com.lattestream.core.internal.delivery;

import java.time.Duration;

/**
 * How events are gathered.
 *
 * @param batching whether events wait for others to travel with
 * @param batchSize how many travel together at most
 * @param interval how long an event waits at most
 * @param maxInFlight how many requests may be under way at once
 */
public record DeliveryOptions(boolean batching, int batchSize, Duration interval, int maxInFlight) {}
