package com.lattestream.spring.internal.webhook;

import com.lattestream.core.webhook.WebhookPayload;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * A verified webhook that has been claimed and must now be dispatched.
 *
 * @param id identifies the webhook: 64 hexadecimal digits, the same for the same bytes
 * @param body the verified bytes
 * @param payload the parsed body
 */
public record WebhookDelivery(String id, byte[] body, WebhookPayload payload) implements WebhookProcessor.Decision {

    /**
     * Returns the payload of a body that was read again, as a filter may have replaced it.
     * @param read the bytes that were read
     * @return the payload, or null if these are not the verified bytes
     */
    public @Nullable WebhookPayload payloadOf(byte[] read) {
        return MessageDigest.isEqual(body, read) ? payload : null;
    }

    /**
     * A webhook that is not dispatched.
     *
     * @param outcome the outcome
     */
    public record Rejected(WebhookOutcomeListener.Outcome outcome) implements WebhookProcessor.Decision {}
}
