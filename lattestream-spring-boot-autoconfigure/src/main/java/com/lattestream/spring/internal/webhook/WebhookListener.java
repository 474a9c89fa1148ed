package com.lattestream.spring.internal.webhook;

import com.lattestream.core.webhook.WebhookEvent;
import java.util.List;
import java.util.Locale;

/** Hears what becomes of webhooks. Must not block. */
public interface WebhookListener {

    /** Hears nothing. */
    WebhookListener NONE = new WebhookListener() {};

    /**
     * A request was answered.
     * @param outcome how
     */
    default void onAnswer(Outcome outcome) {}

    /**
     * Events were accepted.
     * @param events all of one webhook
     */
    default void onEvents(List<WebhookEvent> events) {}

    /** What has become of a webhook. */
    enum Outcome {

        /** It was dispatched, and nothing failed. */
        ACCEPTED,

        /** It has no signature, or another secret's. */
        FORGED,

        /** It is signed, and too far from now. */
        STALE,

        /** It is signed, and was dispatched before. */
        REPLAYED,

        /** It is longer than allowed. */
        OVERSIZED,

        /** It is no {@code POST}, or signed and not to be understood. */
        MALFORMED,

        /** A listener or a controller failed: it is to come again. */
        FAILED,

        /** The same is being dispatched just now, or that cannot be told: it is to come again. */
        DEFERRED;

        /**
         * Returns what metrics call it.
         * @return such as {@code accepted}
         */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
