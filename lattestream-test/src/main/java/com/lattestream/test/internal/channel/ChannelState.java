package com.lattestream.test.internal.channel;

/**
 * Number of subscriptions and users of a channel at a point in time.
 *
 * @param subscriptions number of subscriptions; 0 means that the channel is vacant
 * @param users number of distinct users; 0 unless the channel is a presence channel
 */
public record ChannelState(int subscriptions, int users) {

    static final ChannelState VACANT = new ChannelState(0, 0);
}
