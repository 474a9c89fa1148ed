package com.lattestream.spring.internal.webhook;

import com.lattestream.core.internal.logging.RateLimitedLogger;
import com.lattestream.core.webhook.WebhookPayload;
import com.lattestream.spring.internal.webhook.WebhookOutcomeListener.Outcome;
import com.lattestream.spring.webhook.WebhookReplayGuard;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Processes webhooks whose body has been read: verifies, claims and dispatches them. Independent of the web stack.
 * Thread-safe.
 */
public final class WebhookProcessor {

    private static final Logger logger = LoggerFactory.getLogger(WebhookProcessor.class);

    private final RateLimitedLogger refused = new RateLimitedLogger(logger, Level.WARN, "webhook_refused", "webhooks");

    private final RateLimitedLogger guardFailed =
            new RateLimitedLogger(logger, Level.ERROR, "webhook_guard_failed", "failures");

    private final RejectedSignatureLogger rejectedSignatures;

    private final WebhookVerifier verifier;

    private final WebhookReplayGuard guard;

    private final WebhookDispatcher dispatcher;

    private final WebhookOutcomeListener listener;

    /**
     * Creates a processor.
     * @param verifier verifies signatures and times
     * @param guard ensures that each webhook is dispatched only once
     * @param dispatcher calls the application's listeners
     * @param listener is notified of outcomes
     * @param path the path of webhooks, for the log
     */
    public WebhookProcessor(
            WebhookVerifier verifier,
            WebhookReplayGuard guard,
            WebhookDispatcher dispatcher,
            WebhookOutcomeListener listener,
            String path) {
        this.verifier = verifier;
        this.guard = guard;
        this.dispatcher = dispatcher;
        this.listener = listener;
        this.rejectedSignatures = new RejectedSignatureLogger(path);
    }

    /**
     * Returns whether a header can be a signature. This does not require the body.
     * @param signature the header's value, or null if it is missing
     * @return whether the value has the format of a signature
     */
    public boolean isWellFormed(@Nullable String signature) {
        boolean wellFormed = WebhookVerifier.isWellFormed(signature);
        if (!wellFormed) {
            rejectedSignatures.log(signature);
        }
        return wellFormed;
    }

    /**
     * Returns whether the body was signed with one of the secrets.
     * @param body the raw bytes of the body
     * @param signature the header's value, or null if it is missing
     * @return whether the signature is valid
     */
    public boolean isSigned(byte[] body, @Nullable String signature) {
        boolean signed = verifier.isSigned(body, signature);
        if (!signed) {
            rejectedSignatures.log(signature);
        }
        return signed;
    }

    /**
     * Parses a signed body, checks its time and claims it. Each delivery must be passed to {@link #complete}
     * afterwards. May block, as the replay guard may.
     * @param signedBody the raw bytes of a body for which {@link #isSigned} has returned true
     * @return the delivery, or the reason for the rejection
     */
    public Decision begin(byte[] signedBody) {
        WebhookPayload payload;
        try {
            payload = WebhookPayload.parse(signedBody);
        } catch (IllegalArgumentException ex) {
            refused.log(1, () -> "Refused a signed webhook, status 400: " + ex.getMessage());
            return new WebhookDelivery.Rejected(Outcome.MALFORMED);
        }
        if (!verifier.isWithinTolerance(payload)) {
            refused.log(
                    1,
                    () -> "Refused a signed webhook of " + payload.time() + ", status 400: its time is outside "
                            + "'lattestream.webhook.tolerance'. Check the clock of this machine");
            return new WebhookDelivery.Rejected(Outcome.STALE);
        }
        String id = id(signedBody);
        return switch (claim(id)) {
            case GRANTED -> new WebhookDelivery(id, signedBody, payload);
            case COMPLETED -> new WebhookDelivery.Rejected(Outcome.REPLAYED);
            case IN_PROGRESS -> new WebhookDelivery.Rejected(Outcome.DEFERRED);
        };
    }

    // if the guard fails, a redelivery is better than dispatching twice or not at all
    private WebhookReplayGuard.Claim claim(String id) {
        try {
            return guard.claim(id);
        } catch (RuntimeException ex) {
            guardFailed.log(
                    1,
                    () ->
                            "WebhookReplayGuard failed; responding with status 503 so that the service redelivers the webhook",
                    ex);
            return WebhookReplayGuard.Claim.IN_PROGRESS;
        }
    }

    /**
     * Calls the listeners. May block, as listeners may.
     * @param delivery the delivery
     * @return the outcome
     */
    public Outcome dispatch(WebhookDelivery delivery) {
        return dispatcher.dispatch(delivery.payload());
    }

    /**
     * Ends a delivery. Unless it was accepted, a redelivery is dispatched again. May block, as the replay guard may.
     * @param delivery the delivery
     * @param outcome the outcome
     */
    public void complete(WebhookDelivery delivery, Outcome outcome) {
        boolean success = outcome == Outcome.ACCEPTED;
        try {
            if (success) {
                guard.complete(delivery.id());
            } else {
                guard.release(delivery.id());
            }
        } catch (RuntimeException ex) {
            guardFailed.log(
                    1,
                    () ->
                            "WebhookReplayGuard failed to record that a webhook was dispatched; if the service redelivers "
                                    + "it, it may be dispatched again",
                    ex);
        }
        listener.onOutcome(outcome);
        if (success) {
            listener.onEvents(delivery.payload().events());
        }
    }

    /**
     * Reports a request that is not dispatched.
     * @param outcome the outcome
     */
    public void reportRejection(Outcome outcome) {
        listener.onOutcome(outcome);
    }

    // from the body and not from the signature, because each secret has its own signature
    private static String id(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("Every Java platform provides SHA-256", ex);
        }
    }

    /** The decision on a signed webhook. */
    public sealed interface Decision permits WebhookDelivery, WebhookDelivery.Rejected {}
}
