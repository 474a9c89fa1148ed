package com.lattestream.spring.auth;

import com.lattestream.core.ChannelName;
import com.lattestream.core.internal.validation.Quoted;
import java.security.Principal;

/**
 * The request of a user's connection to subscribe to a channel.
 *
 * @param user the user, as authenticated by the application
 * @param socketId the id of the browser's connection: two hexadecimal numbers with a dot between
 * @param channel a private or presence channel
 * @param request the HTTP request: a {@code jakarta.servlet.http.HttpServletRequest} on Spring MVC, a
 * {@code org.springframework.web.server.ServerWebExchange} on Spring WebFlux; only to be used until the decision is
 * returned
 */
public record ChannelSubscription(Principal user, String socketId, String channel, Object request) {

    /**
     * Returns the HTTP request as a type of the web stack.
     * @param type {@code HttpServletRequest} on Spring MVC, {@code ServerWebExchange} on Spring WebFlux
     * @param <T> the type
     * @return the request
     * @throws IllegalStateException if the request is of another type
     */
    public <T> T request(Class<T> type) {
        if (!type.isInstance(request)) {
            throw new IllegalStateException(
                    "The request is a " + request.getClass().getName() + " and not a " + type.getName()
                            + ": the application runs on the other web stack");
        }
        return type.cast(request);
    }

    /**
     * Returns whether the channel is a presence channel.
     * @return true for {@code presence-...}
     */
    public boolean isPresence() {
        return ChannelName.isPresence(channel);
    }

    /** Returns user, connection and channel, on one line. */
    @Override
    public String toString() {
        return "ChannelSubscription[user=" + Quoted.of(user.getName()) + ", socketId=" + socketId + ", channel="
                + channel + "]";
    }
}
