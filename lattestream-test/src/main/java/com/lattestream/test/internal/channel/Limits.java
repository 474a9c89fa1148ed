package com.lattestream.test.internal.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Limits of an engine. Operations that would exceed them are rejected.
 *
 * @param maxConnections maximum number of open WebSockets
 * @param maxChannels maximum number of occupied channels
 * @param maxSubscriptionsPerConnection maximum number of subscriptions of one connection
 * @param maxPayloadBytes maximum size of the data of an event, in UTF-8 bytes
 * @param maxBatchSize maximum number of events in a batch
 * @param maxHistory maximum number of events, and of requests, that are recorded; the oldest ones are dropped
 */
public record Limits(
        int maxConnections,
        int maxChannels,
        int maxSubscriptionsPerConnection,
        int maxPayloadBytes,
        int maxBatchSize,
        int maxHistory) {

    /** Maximum number of channels of one event. */
    public static final int MAX_CHANNELS_OF_AN_EVENT = 100;

    /** The default limits. */
    public static final Limits DEFAULT = new Limits(10_000, 50_000, 500, 32 * 1024, 50, 10_000);

    /**
     * Returns limits with another maximum size of the data.
     * @param maxPayloadBytes maximum size of the data of an event, in UTF-8 bytes
     * @return the limits
     */
    public Limits withMaxPayloadBytes(int maxPayloadBytes) {
        return new Limits(
                maxConnections, maxChannels, maxSubscriptionsPerConnection, maxPayloadBytes, maxBatchSize, maxHistory);
    }

    /**
     * Returns limits with another maximum size of batches.
     * @param maxBatchSize maximum number of events in a batch
     * @return the limits
     */
    public Limits withMaxBatchSize(int maxBatchSize) {
        return new Limits(
                maxConnections, maxChannels, maxSubscriptionsPerConnection, maxPayloadBytes, maxBatchSize, maxHistory);
    }

    /**
     * Returns whether the data of an event is within the limit.
     * @param data the data
     * @return whether the data is within the limit
     */
    public boolean allowsPayload(String data) {
        // each UTF-16 code unit is encoded as at least one and at most three bytes
        return data.length() <= maxPayloadBytes
                && (data.length() * 3L <= maxPayloadBytes || data.getBytes(UTF_8).length <= maxPayloadBytes);
    }

    /**
     * Returns the error message for data that exceeds the limit.
     * @return the message
     */
    public String payloadRule() {
        return "The data of an event must have at most " + maxPayloadBytes + " bytes";
    }
}
