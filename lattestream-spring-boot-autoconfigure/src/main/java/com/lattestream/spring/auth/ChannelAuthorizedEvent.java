package com.lattestream.spring.auth;

import org.jspecify.annotations.Nullable;

/**
 * Is published when a user was let in, before the browser is answered.
 *
 * @param user the name of the principal
 * @param socketId the id of the browser's connection
 * @param channel the private or presence channel
 * @param memberId the user's id on a presence channel; null on a private one
 */
public record ChannelAuthorizedEvent(
        String user,
        String socketId,
        String channel,
        @Nullable String memberId) {}
