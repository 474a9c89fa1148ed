package com.lattestream.test.internal.channel;

import org.jspecify.annotations.Nullable;

/** Hears what happens on channels, in order. Is called while channels are locked, so no method may block. */
public interface ChannelObserver {

    /**
     * The first connection has subscribed.
     * @param channel where
     */
    void occupied(String channel);

    /**
     * The last connection has left.
     * @param channel where
     */
    void vacated(String channel);

    /**
     * There are more or fewer subscriptions than before.
     * @param channel where
     * @param count how many there are
     */
    void subscriptionCount(String channel, int count);

    /**
     * A user has come, with the first of their connections.
     * @param channel where
     * @param userId who
     */
    void memberAdded(String channel, String userId);

    /**
     * A user has left, with the last of their connections.
     * @param channel where
     * @param userId who
     */
    void memberRemoved(String channel, String userId);

    /**
     * A client has sent an event to the others.
     * @param channel where
     * @param event the event's name
     * @param data its data as JSON text
     * @param socketId which connection
     * @param userId who, on a presence channel
     */
    void clientEvent(String channel, String event, String data, String socketId, @Nullable String userId);
}
