package com.lattestream.spring.auth;

import com.lattestream.core.internal.validation.Quoted;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;

/**
 * What is asked for: one user's connection wants to subscribe to one channel.
 *
 * @param user who asks, as the application's own login knows it
 * @param socketId the id of the browser's connection: two hexadecimal numbers with a dot between
 * @param channel a private or presence channel
 * @param request the request that asks; only to be used until the decision is returned
 */
public record ChannelSubscription(Principal user, String socketId, String channel, HttpServletRequest request) {

    /**
     * Tells whether the channel knows its members.
     * @return true for {@code presence-...}
     */
    public boolean isPresence() {
        return channel.startsWith("presence-");
    }

    /** Returns user, connection and channel, on one line. */
    @Override
    public String toString() {
        return "ChannelSubscription[user=" + Quoted.of(user.getName()) + ", socketId=" + socketId + ", channel="
                + channel + "]";
    }
}
