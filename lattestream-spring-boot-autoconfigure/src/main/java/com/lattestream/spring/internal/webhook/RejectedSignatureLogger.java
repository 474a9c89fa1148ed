package com.lattestream.spring.internal.webhook;

import com.lattestream.core.internal.logging.RateLimitedLogger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Logs webhooks that are rejected because of their signature: each cause immediately, and then at most one line in ten
 * seconds with the number of further ones. Any client on the internet can cause these lines, so they contain no values
 * of the request. Thread-safe.
 */
final class RejectedSignatureLogger {

    private static final Logger logger = LoggerFactory.getLogger(RejectedSignatureLogger.class);

    private final RateLimitedLogger missing =
            new RateLimitedLogger(logger, Level.WARN, "webhook_signature_missing", "webhooks");

    private final RateLimitedLogger invalid =
            new RateLimitedLogger(logger, Level.WARN, "webhook_signature_invalid", "webhooks");

    private final String path;

    RejectedSignatureLogger(String path) {
        this.path = path;
    }

    /**
     * Logs a webhook that is rejected.
     * @param signature the header's value, or null if it is missing
     */
    void log(@Nullable String signature) {
        if (signature == null || signature.isBlank()) {
            missing.log(
                    1,
                    () -> "Rejected a webhook at " + path + ", status 401: it has no "
                            + WebhookVerifier.SIGNATURE_HEADER + " header. If LatteStream sent it, a proxy or gateway "
                            + "removes the header: configure it to pass the header on. Otherwise no action is needed");
        } else {
            invalid.log(
                    1,
                    () -> "Rejected a webhook at " + path
                            + ", status 401: its signature does not match. If LatteStream "
                            + "sent it, either it signs with another secret (set 'lattestream.webhook.secrets' or "
                            + "'lattestream.secret' to the secret of this application in the LatteStream dashboard), or a "
                            + "proxy or filter changes the body (pass it on byte for byte). Otherwise no action is needed");
        }
    }
}
