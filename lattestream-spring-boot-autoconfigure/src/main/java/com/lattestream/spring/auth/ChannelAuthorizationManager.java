package com.lattestream.spring.auth;

import java.util.concurrent.CompletionStage;

/**
 * Strategy that decides which users may subscribe to which private and presence channels. A bean of this type replaces
 * the default, which calls the {@link ChannelAuthorizer} methods. Implementations must be thread-safe.
 */
@FunctionalInterface
public interface ChannelAuthorizationManager {

    /**
     * Returns the decision on a subscription. The subscription is refused if this method throws an exception, if the
     * stage fails, or if there is no decision within 10 seconds.
     * @param subscription the requested subscription, with a valid socket id, a private or presence channel, and an
     * authenticated user
     * @return the decision, which may be completed later
     */
    CompletionStage<ChannelDecision> authorize(ChannelSubscription subscription);
}
