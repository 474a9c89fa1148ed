package com.lattestream.test.internal.channel;

import com.lattestream.core.Event;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Observes all events and subscriptions of channels. Methods are invoked in order, while channels are locked, and must
 * not block.
 */
public interface TrafficObserver {

    /**
     * Invoked before a new subscription is added.
     * @param channel the channel
     * @param socketId id of the connection
     * @param member the member on a presence channel; otherwise null
     */
    void subscribed(String channel, String socketId, @Nullable Member member);

    /**
     * Invoked after a subscription has ended.
     * @param channel the channel
     * @param socketId id of the connection
     */
    void unsubscribed(String channel, String socketId);

    /**
     * Invoked after an event has been accepted.
     * @param event the event
     * @param reached number of distinct connections that the event is queued for
     */
    void published(Event event, int reached);

    /**
     * Invoked after a client event has been relayed.
     * @param channel the channel
     * @param event name of the event
     * @param data the data; a missing node for none
     * @param socketId id of the sending connection
     * @param reached number of connections that the event is queued for
     */
    void relayed(String channel, String event, JsonNode data, String socketId, int reached);
}
