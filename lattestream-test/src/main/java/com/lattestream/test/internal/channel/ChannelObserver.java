package com.lattestream.test.internal.channel;

import org.jspecify.annotations.Nullable;

/**
 * Observes channels. Methods are invoked in the order of the changes, while channels are locked, and must not block.
 */
public interface ChannelObserver {

    /**
     * Invoked after the first subscription to a channel.
     * @param channel the channel
     */
    void occupied(String channel);

    /**
     * Invoked after the last subscription to a channel has ended.
     * @param channel the channel
     */
    void vacated(String channel);

    /**
     * Invoked after the number of subscriptions to a channel has changed.
     * @param channel the channel
     * @param count number of subscriptions
     */
    void subscriptionCount(String channel, int count);

    /**
     * Invoked after the first connection of a user has subscribed to a presence channel.
     * @param channel the channel
     * @param userId id of the user
     */
    void memberAdded(String channel, String userId);

    /**
     * Invoked after the last connection of a user has left a presence channel.
     * @param channel the channel
     * @param userId id of the user
     */
    void memberRemoved(String channel, String userId);

    /**
     * Invoked after a client has sent an event to the other subscribers.
     * @param channel the channel
     * @param event name of the event
     * @param data the data as JSON text
     * @param socketId id of the connection
     * @param userId id of the user on a presence channel; otherwise null
     */
    void clientEvent(String channel, String event, String data, String socketId, @Nullable String userId);
}
