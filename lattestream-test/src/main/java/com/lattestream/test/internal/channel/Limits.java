package com.lattestream.test.internal.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * How much an engine takes; beyond it refuses rather than grow.
 *
 * @param maxConnections how many WebSockets may be open
 * @param maxChannels how many channels may be occupied
 * @param maxSubscriptionsPerConnection how many channels one connection may be subscribed to
 * @param maxPayloadBytes how many bytes of UTF-8 the data of an event may have
 * @param maxBatchSize how many events may come in one batch
 * @param maxHistory how many events, and how many requests, are remembered; older ones are forgotten
 */
public record Limits(
        int maxConnections,
        int maxChannels,
        int maxSubscriptionsPerConnection,
        int maxPayloadBytes,
        int maxBatchSize,
        int maxHistory) {

    /** How many channels one event may go to. */
    public static final int MAX_CHANNELS_OF_AN_EVENT = 100;

    /** What an engine takes unless told otherwise. */
    public static final Limits DEFAULT = new Limits(10_000, 50_000, 500, 32 * 1024, 50, 10_000);

    /**
     * Tells whether an event may carry that much.
     * @param data what it carries
     * @return whether it is within the limit
     */
    public boolean allowsPayload(String data) {
        // no character takes less than a byte, and none more than three for each of its UTF-16 units
        return data.length() <= maxPayloadBytes
                && (data.length() * 3L <= maxPayloadBytes || data.getBytes(UTF_8).length <= maxPayloadBytes);
    }

    /**
     * Returns what to say of an event that carries too much.
     * @return the rule
     */
    public String payloadRule() {
        return "The data of an event must have at most " + maxPayloadBytes + " bytes";
    }
}
