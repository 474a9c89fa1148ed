package com.lattestream.spring.webhook;

import java.time.Duration;

/**
 * Ensures that each webhook is dispatched only once. A bean of this type replaces the default, which stores webhooks in
 * the memory of the application: they are lost on restart, and webhooks that another instance has dispatched are not
 * known. Implementations must be thread-safe. If {@code claim} throws an exception, the response has status 503, so
 * that the service redelivers it.
 */
public interface WebhookReplayGuard {

    /**
     * The time for which a claim is valid if it is neither completed nor released, for example because the instance has
     * crashed.
     */
    Duration LEASE = Duration.ofMinutes(1);

    /**
     * Claims a webhook for dispatching.
     * @param id identifies the webhook: 64 hexadecimal digits, the same for the same bytes
     * @return {@link Claim#GRANTED} for one caller only, which then calls {@link #complete} or {@link #release};
     * without either, the claim ends after {@link #LEASE}
     */
    Claim claim(String id);

    /**
     * Records that a webhook has been dispatched. The webhook must be stored for as long as its time is within the
     * tolerance.
     * @param id the id of the claimed webhook
     */
    void complete(String id);

    /**
     * Releases a claim after dispatching has failed, so that a redelivery is dispatched.
     * @param id the id of the claimed webhook
     */
    void release(String id);

    /** The result of claiming a webhook. */
    enum Claim {

        /** The caller must dispatch the webhook. */
        GRANTED,

        /** Another caller is dispatching the webhook. */
        IN_PROGRESS,

        /** The webhook has been dispatched. */
        COMPLETED
    }
}
