package com.lattestream.core.webhook;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one webhook says. Immutable.
 *
 * @param time when the service says it sent it, in milliseconds
 * @param events what happened, in order; may be empty
 */
public record WebhookPayload(Instant time, List<WebhookEvent> events) {

    /**
     * Takes a copy of the events.
     * @param time when the service says it sent it, in milliseconds
     * @param events what happened, in order; may be empty
     */
    public WebhookPayload {
        events = List.copyOf(events);
    }

    /**
     * Reads the body of a webhook, whose signature has been verified. Snake case and camel case are read, unknown fields
     * are skipped, and an event that cannot be understood becomes {@link WebhookEvent.Unknown}. Of a field that is there
     * twice, the last counts.
     * @param body JSON in UTF-8, with at most 10,000 events, at most 64 levels deep
     * @return what it says
     * @throws IllegalArgumentException if it is no JSON object, has no {@code time_ms}, or is beyond a limit; the message
     * says which, and repeats nothing of the body
     */
    public static WebhookPayload parse(byte @Nullable [] body) {
        return WebhookParser.parse(body);
    }
}
