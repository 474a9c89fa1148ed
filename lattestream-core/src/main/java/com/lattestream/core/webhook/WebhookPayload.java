package com.lattestream.core.webhook;

import java.time.Instant;
import java.util.List;

/**
 * The content of one webhook. Immutable.
 *
 * @param time the time at which the service sent the webhook, with a precision of milliseconds
 * @param events the events, in order; may be empty
 */
public record WebhookPayload(Instant time, List<WebhookEvent> events) {

    /**
     * Creates a payload, with an unmodifiable copy of the events.
     * @param time the time at which the service sent the webhook, with a precision of milliseconds
     * @param events the events, in order; may be empty
     */
    public WebhookPayload {
        events = List.copyOf(events);
    }

    /**
     * Parses the body of a webhook whose signature has been verified. Reads snake case and camel case, and ignores
     * unknown fields. An event that cannot be read becomes {@link WebhookEvent.Unknown}. If a field occurs twice, the
     * last one is used.
     * @param body JSON in UTF-8, with at most 10,000 events, at most 64 levels deep
     * @return the content of the webhook
     * @throws IllegalArgumentException if the body is not a JSON object, has no {@code time_ms}, or exceeds a limit;
     * the message contains the reason, but no part of the body
     */
    public static WebhookPayload parse(byte[] body) {
        return WebhookParser.parse(body);
    }
}
