package com.lattestream.spring.auth;

import com.lattestream.core.PresenceMember;

/**
 * Resolves the member of a user who joins a presence channel, if the decision contains none. By default, the id is the
 * principal's name, and there is no user info. Implementations must be thread-safe.
 */
@FunctionalInterface
public interface PresenceMemberResolver {

    /**
     * Returns the member who joins.
     * @param subscription the granted subscription to a presence channel
     * @return the member, as other members see it
     */
    PresenceMember resolve(ChannelSubscription subscription);
}
