package com.lattestream.spring.internal.webhook;

import com.lattestream.core.webhook.WebhookPayload;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Verifies the signature and the time of webhooks. Thread-safe. */
public final class WebhookVerifier {

    /** Name of the header with the signature of the body's bytes. */
    public static final String SIGNATURE_HEADER = "X-LatteStream-Signature";

    private static final Pattern SIGNATURE = Pattern.compile("[0-9a-f]{64}");

    private final List<Signature> signatures;

    private final Duration tolerance;

    private final Clock clock;

    /**
     * Creates a verifier.
     * @param signatures the accepted signatures; one of them must match
     * @param tolerance maximum difference between the time of a webhook and the current time, in the past and in the
     * future
     * @param clock the clock that provides the current time
     */
    public WebhookVerifier(List<Signature> signatures, Duration tolerance, Clock clock) {
        this.signatures = List.copyOf(signatures);
        this.tolerance = tolerance;
        this.clock = clock;
    }

    /**
     * Returns whether a header can be a signature. This does not require the body.
     * @param signature the header's value, or null if it is missing
     * @return whether the value consists of 64 lower-case hexadecimal digits
     */
    static boolean isWellFormed(@Nullable String signature) {
        return signature != null && SIGNATURE.matcher(signature).matches();
    }

    /** Returns whether the body was signed with one of the secrets. Takes the same time for each secret. */
    boolean isSigned(byte[] body, @Nullable String signature) {
        boolean signed = false;
        for (Signature each : signatures) {
            signed |= each.verify(body, signature);
        }
        return signed;
    }

    boolean isWithinTolerance(WebhookPayload payload) {
        Instant now = clock.instant();
        return !payload.time().isBefore(now.minus(tolerance)) && !payload.time().isAfter(now.plus(tolerance));
    }

    /** Verifies signatures of one secret, in constant time. */
    @FunctionalInterface
    public interface Signature {

        /**
         * Returns whether a signature matches a body.
         * @param body the raw bytes of the body
         * @param signature the header's value, or null if it is missing
         * @return whether the signature matches
         */
        boolean verify(byte[] body, @Nullable String signature);
    }
}
