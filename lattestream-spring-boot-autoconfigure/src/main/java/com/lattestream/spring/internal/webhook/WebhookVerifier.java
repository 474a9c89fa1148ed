package com.lattestream.spring.internal.webhook;

import com.lattestream.core.webhook.WebhookPayload;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells whether a webhook comes from the service, and is of now. Thread-safe. */
public final class WebhookVerifier {

    private final List<Signature> signatures;

    private final Duration tolerance;

    private final Clock clock;

    /**
     * Creates a verifier.
     * @param signatures a webhook has to have one of these
     * @param tolerance how far its time may be from now, in the past and in the future
     * @param clock tells now
     */
    public WebhookVerifier(List<Signature> signatures, Duration tolerance, Clock clock) {
        this.signatures = List.copyOf(signatures);
        this.tolerance = tolerance;
        this.clock = clock;
    }

    /** Tells whether a body was signed with one of the secrets; takes the same time whichever that is. */
    boolean isSigned(byte[] body, @Nullable String signature) {
        boolean signed = false;
        for (Signature each : signatures) {
            signed |= each.verify(body, signature);
        }
        return signed;
    }

    boolean isOfNow(WebhookPayload payload) {
        Instant now = clock.instant();
        return !payload.time().isBefore(now.minus(tolerance)) && !payload.time().isAfter(now.plus(tolerance));
    }

    /** Tells, in constant time, whether a body was signed with one secret. */
    @FunctionalInterface
    public interface Signature {

        /**
         * Compares.
         * @param body the bytes as they came
         * @param signature the header as it came
         * @return whether it is that of the body
         */
        boolean verify(byte[] body, @Nullable String signature);
    }
}
