package com.lattestream.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Thrown if the service rejects a request because of too many requests (429), and the retries have been rejected as
 * well.
 */
public class LatteStreamRateLimitException extends LatteStreamApiException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     * @param message the failed request and the reason
     * @param responseBody the body of the response as text
     * @param retryAfter the wait that the service requests before the next attempt; null for none
     */
    public LatteStreamRateLimitException(String message, String responseBody, @Nullable Duration retryAfter) {
        super(message, 429, responseBody, retryAfter);
    }
}
