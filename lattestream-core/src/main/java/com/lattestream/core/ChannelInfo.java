package com.lattestream.core;

import org.jspecify.annotations.Nullable;

/**
 * What the service knows of a channel.
 *
 * @param occupied whether anybody is subscribed
 * @param userCount the number of users on a presence channel; null where not asked for
 * @param subscriptionCount the number of subscriptions; null where not asked for
 */
public record ChannelInfo(
        boolean occupied,
        @Nullable Integer userCount,
        @Nullable Integer subscriptionCount) {}
