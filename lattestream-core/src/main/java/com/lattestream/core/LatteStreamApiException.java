package com.lattestream.core;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Thrown if the service responds with an error, or if its response cannot be read. */
public class LatteStreamApiException extends LatteStreamException {

    private static final long serialVersionUID = 1L;

    private static final Set<Integer> RETRYABLE_STATUSES = Set.of(408, 425, 429, 500, 502, 503, 504);

    private static final Set<Integer> INVALID_REQUEST_STATUSES = Set.of(400, 413, 422);

    /** The HTTP status. */
    private final int status;

    /** The body as text. */
    private final String responseBody;

    /** The wait that the service requests; null for none. */
    private final @Nullable Duration retryAfter;

    /**
     * Creates an exception.
     * @param message the failed request and the reason
     * @param status the HTTP status
     * @param responseBody the body of the response as text
     * @param retryAfter the wait that the service requests before the next attempt; null for none
     */
    public LatteStreamApiException(String message, int status, String responseBody, @Nullable Duration retryAfter) {
        super(message);
        this.status = status;
        this.responseBody = responseBody;
        this.retryAfter = retryAfter;
    }

    /**
     * Returns the status of the response.
     * @return the HTTP status; 2xx if the response could not be read
     */
    public int status() {
        return status;
    }

    /**
     * Returns the body of the response, usually {@code {"error":"..."}}.
     * @return the body as text; empty for none
     */
    public String responseBody() {
        return responseBody;
    }

    /**
     * Returns the wait that the service requests before the next attempt.
     * @return the {@code Retry-After} header, relative to the time of the response; empty if there was none
     */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /**
     * Returns whether the service has failed to process a valid request.
     * @return true for statuses from 500
     */
    public boolean isServerError() {
        return status >= 500;
    }

    /**
     * Returns whether the service works, and has rejected the content of this request. Other requests are not affected.
     * @return true for the statuses 400, 413 and 422
     */
    public boolean isInvalidRequest() {
        return INVALID_REQUEST_STATUSES.contains(status);
    }

    @Override
    public boolean isRetryable() {
        return RETRYABLE_STATUSES.contains(status);
    }
}
