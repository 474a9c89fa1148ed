package com.lattestream.test.internal.webhook;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Sees each attempt to hand over a webhook. Is called by the thread that sends them. */
@FunctionalInterface
public interface WebhookObserver {

    /**
     * An attempt is over.
     * @param target where it went
     * @param body the JSON that was posted, in UTF-8
     * @param attempt the how-manieth it was for this webhook, from 1
     * @param status the status of the answer, such as 204; 0 if there is none
     * @param failure why there is no answer; null if there is one
     * @param duration how long it took
     */
    void attempted(URI target, byte[] body, int attempt, int status, @Nullable String failure, Duration duration);
}
