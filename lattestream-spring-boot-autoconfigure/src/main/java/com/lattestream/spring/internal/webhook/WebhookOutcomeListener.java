package com.lattestream.spring.internal.webhook;

import com.lattestream.core.webhook.WebhookEvent;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Listener for the outcomes of requests. Must not block. */
public interface WebhookOutcomeListener {

    /** Ignores all outcomes. */
    WebhookOutcomeListener NONE = new WebhookOutcomeListener() {};

    /**
     * Called when the outcome of a request is determined.
     * @param outcome the outcome
     */
    default void onOutcome(Outcome outcome) {}

    /**
     * Called when the events of a webhook have been accepted.
     * @param events all events of one webhook
     */
    default void onEvents(List<WebhookEvent> events) {}

    /** The outcome of a request, and the status of the response, unless a handler of the application responds. */
    enum Outcome {

        /** The webhook was dispatched, and no listener or handler failed. */
        ACCEPTED(HttpStatus.NO_CONTENT),

        /** The signature is missing, is malformed, or does not match any secret. */
        INVALID_SIGNATURE(HttpStatus.UNAUTHORIZED),

        /** The request reached a webhook handler of the application without having been verified. */
        UNVERIFIED(HttpStatus.UNAUTHORIZED),

        /** The webhook is signed, but its time is outside the tolerance. */
        STALE(HttpStatus.BAD_REQUEST),

        /** The webhook is signed, and was dispatched before. */
        REPLAYED(HttpStatus.OK),

        /** The body is longer than allowed. */
        OVERSIZED(HttpStatus.CONTENT_TOO_LARGE),

        /** The body was not received completely in time. */
        INCOMPLETE(HttpStatus.REQUEST_TIMEOUT),

        /** The method is not {@code POST}, or the body is signed but is not a webhook. */
        MALFORMED(HttpStatus.BAD_REQUEST),

        /** A listener, the commit or a handler failed; the service redelivers the webhook. */
        FAILED(HttpStatus.INTERNAL_SERVER_ERROR),

        /**
         * The same webhook is being dispatched, the replay guard failed, or the transaction could not begin; the
         * service redelivers the webhook.
         */
        DEFERRED(HttpStatus.SERVICE_UNAVAILABLE),

        /** Too many bodies without a verified signature are being read; the service redelivers the webhook. */
        OVERLOADED(HttpStatus.SERVICE_UNAVAILABLE);

        private final HttpStatus status;

        Outcome(HttpStatus status) {
            this.status = status;
        }

        /**
         * Returns the status of the response.
         * @return the status
         */
        public HttpStatus status() {
            return status;
        }

        /**
         * Returns the value of the header {@code Retry-After}.
         * @return the value in seconds, or null if the response has no such header
         */
        public @Nullable String retryAfter() {
            return status == HttpStatus.SERVICE_UNAVAILABLE ? "1" : null;
        }

        /**
         * Returns the name used in metrics.
         * @return the name in lower case, such as {@code invalid_signature}
         */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
