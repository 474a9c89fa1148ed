package com.lattestream.spring.auth;

import com.lattestream.core.PresenceMember;

/**
 * Says as whom a user joins presence channels, where the decision has not said so. By default, the user's id is the
 * principal's name, and there is no user info. Has to be thread-safe.
 */
@FunctionalInterface
public interface PresenceMemberResolver {

    /**
     * Returns who joins.
     * @param subscription what was granted, to a presence channel
     * @return the member that others will see
     */
    PresenceMember resolve(ChannelSubscription subscription);
}
