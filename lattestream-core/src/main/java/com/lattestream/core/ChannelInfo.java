package com.lattestream.core;

import org.jspecify.annotations.Nullable;

/**
 * Information about a channel, as returned by the service.
 *
 * @param occupied whether the channel has at least one subscriber
 * @param userCount the number of users on a presence channel; null if not requested
 * @param subscriptionCount the number of subscriptions; null if not requested
 */
public record ChannelInfo(
        boolean occupied,
        @Nullable Integer userCount,
        @Nullable Integer subscriptionCount) {}
