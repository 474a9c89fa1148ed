package com.lattestream.test.internal.channel;

import com.lattestream.core.Event;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Sees all that passes through channels, each event and each subscription, in order. Is called while channels are
 * locked, so no method may block.
 */
public interface TrafficObserver {

    /**
     * A connection is about to be subscribed that was not yet.
     * @param channel where
     * @param socketId which connection
     * @param member as whom, on a presence channel
     */
    void subscribed(String channel, String socketId, @Nullable Member member);

    /**
     * A subscription has ended.
     * @param channel where
     * @param socketId which connection
     */
    void unsubscribed(String channel, String socketId);

    /**
     * An event has been accepted.
     * @param event the event
     * @param reached how many connections it is queued for, each counted once
     */
    void published(Event event, int reached);

    /**
     * A client has sent an event to the others.
     * @param channel where
     * @param event the event's name
     * @param data what it carries; a missing node for nothing
     * @param socketId which connection
     * @param reached how many connections it is queued for
     */
    void relayed(String channel, String event, JsonNode data, String socketId, int reached);
}
