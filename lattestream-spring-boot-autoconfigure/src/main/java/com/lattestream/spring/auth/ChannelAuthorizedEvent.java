package com.lattestream.spring.auth;

import com.lattestream.core.internal.validation.Quoted;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * Published when a subscription was granted, before the browser receives the response. A listener that fails does not
 * change the response. Listeners may be called on a thread without security context or request.
 *
 * @param principal the authenticated user, with Spring Security its {@code Authentication}
 * @param socketId the id of the browser's connection
 * @param channel the private or presence channel
 * @param memberId the user's id on a presence channel; null on a private one
 */
public record ChannelAuthorizedEvent(
        Principal principal,
        String socketId,
        String channel,
        @Nullable String memberId) {

    /**
     * Returns the name of the user.
     * @return the principal's name
     */
    public String user() {
        return principal.getName();
    }

    /** Returns user, connection, channel and member id, on one line. */
    @Override
    public String toString() {
        return "ChannelAuthorizedEvent[user=" + Quoted.of(user()) + ", socketId=" + socketId + ", channel=" + channel
                + ", memberId=" + Quoted.of(memberId) + "]";
    }
}
