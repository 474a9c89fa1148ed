package com.lattestream.test.internal.webhook;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Observes attempts to deliver webhooks. Invoked by the thread that sends them. */
@FunctionalInterface
public interface WebhookDeliveryObserver {

    /**
     * Invoked after an attempt.
     * @param target the URL
     * @param body the JSON body in UTF-8
     * @param attempt number of the attempt for this webhook, starting at 1
     * @param status status of the response, such as 204; 0 if there is no response
     * @param failure reason if there is no response; otherwise null
     * @param duration duration of the attempt
     */
    void attempted(URI target, byte[] body, int attempt, int status, @Nullable String failure, Duration duration);
}
