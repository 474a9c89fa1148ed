package com.lattestream.spring.webhook;

import java.time.Duration;

/**
 * Remembers which webhooks have been dispatched, so that each is once. A bean of this type takes the place of the
 * default, which remembers in memory, and so does not know what another instance of the application has dispatched. Has
 * to be thread-safe. What it throws is an answer to the service that asks for the delivery to be tried again.
 */
public interface WebhookReplayGuard {

    /** How long a claim lasts that is neither completed nor released, as the instance has died. */
    Duration LEASE = Duration.ofMinutes(1);

    /**
     * Begins with a webhook, unless that has been done.
     * @param id what the webhook is known by: 64 hexadecimal digits, the same for the same bytes
     * @return {@link Claim#GRANTED} to one caller only, who then calls one of the other methods; if none is called within
     * {@link #LEASE}, the claim lapses
     */
    Claim claim(String id);

    /**
     * Takes note that a webhook has been dispatched. It is to be remembered for as long as it could be sent again.
     * @param id what was claimed
     */
    void complete(String id);

    /**
     * Gives a claim back, as dispatching has failed: the webhook may come again.
     * @param id what was claimed
     */
    void release(String id);

    /** What becomes of a claim. */
    enum Claim {

        /** The webhook is the caller's to dispatch. */
        GRANTED,

        /** Somebody else is at it. */
        IN_PROGRESS,

        /** It has been dispatched. */
        COMPLETED
    }
}
