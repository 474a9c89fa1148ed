package com.lattestream.spring.auth;

import java.util.concurrent.CompletionStage;

/**
 * Decides who may subscribe to which private and presence channels. A bean of this type takes the place of the default,
 * which asks the {@link ChannelAuthorizer} methods. Has to be thread-safe.
 */
@FunctionalInterface
public interface ChannelAuthorizationManager {

    /**
     * Decides. What is thrown, what the stage fails with, and no decision within 10 seconds are refusals.
     * @param subscription what is asked for; its names are valid, its channel is no public one, its user is logged in
     * @return the decision, now or later
     */
    CompletionStage<ChannelDecision> authorize(ChannelSubscription subscription);
}
