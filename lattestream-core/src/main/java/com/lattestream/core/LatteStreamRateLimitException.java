package com.lattestream.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The service has had too many requests (429), and still had after all retries. */
public class LatteStreamRateLimitException extends LatteStreamApiException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     * @param message what failed, and why
     * @param responseBody what the service said
     * @param retryAfter how long the service asks to wait; null where it does not
     */
    public LatteStreamRateLimitException(String message, String responseBody, @Nullable Duration retryAfter) {
        super(message, 429, responseBody, retryAfter);
    }
}
