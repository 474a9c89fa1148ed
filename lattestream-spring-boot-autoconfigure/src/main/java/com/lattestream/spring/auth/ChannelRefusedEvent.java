package com.lattestream.spring.auth;

import com.lattestream.core.internal.validation.Quoted;
import java.security.Principal;

/**
 * Published when the decision refused a subscription, before the browser receives the response. A listener that fails
 * does not change the response. Listeners may be called on a thread without security context or request.
 *
 * @param principal the authenticated user, with Spring Security its {@code Authentication}
 * @param socketId the id of the browser's connection
 * @param channel the private or presence channel
 */
public record ChannelRefusedEvent(Principal principal, String socketId, String channel) {

    /**
     * Returns the name of the user.
     * @return the principal's name
     */
    public String user() {
        return principal.getName();
    }

    /** Returns user, connection and channel, on one line. */
    @Override
    public String toString() {
        return "ChannelRefusedEvent[user=" + Quoted.of(user()) + ", socketId=" + socketId + ", channel=" + channel
                + "]";
    }
}
