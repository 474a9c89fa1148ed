package com.lattestream.test.internal.channel;

/**
 * How many are on a channel at a moment.
 *
 * @param subscriptions how many connections are subscribed; none means that the channel is not occupied
 * @param users how many users they belong to; none unless it is a presence channel
 */
public record ChannelState(int subscriptions, int users) {

    static final ChannelState VACANT = new ChannelState(0, 0);
}
