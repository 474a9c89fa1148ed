package com.lattestream.test.internal.webhook;

import java.net.URI;
import java.time.Duration;

/** Sees each attempt to hand over a webhook. Is called by the thread that sends them. */
@FunctionalInterface
public interface WebhookObserver {

    /**
     * An attempt is over.
     * @param target where it went
     * @param body the JSON that was posted, in UTF-8
     * @param attempt the how-manieth it was for this webhook, from 1
     * @param outcome the status of the answer, such as {@code 204}, or why there is none
     * @param taken whether the application has taken it
     * @param duration how long it took
     */
    void attempted(URI target, byte[] body, int attempt, String outcome, boolean taken, Duration duration);
}
