package com.lattestream.spring.internal.webhook;

import com.lattestream.core.webhook.WebhookPayload;

/**
 * A verified webhook that has been claimed and must now be dispatched.
 *
 * @param id identifies the webhook: 64 hexadecimal digits, the same for the same bytes
 * @param body the verified bytes
 * @param payload the parsed body
 */
record WebhookDelivery(String id, byte[] body, WebhookPayload payload) implements WebhookProcessor.Decision {

    /**
     * A webhook that is answered without being dispatched.
     *
     * @param outcome the outcome
     */
    record Rejected(WebhookOutcomeListener.Outcome outcome) implements WebhookProcessor.Decision {}
}
