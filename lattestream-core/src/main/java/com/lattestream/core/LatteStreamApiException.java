package com.lattestream.core;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The service has answered, and the answer is not what was asked for. */
public class LatteStreamApiException extends LatteStreamException {

    private static final long serialVersionUID = 1L;

    /** The HTTP status. */
    private final int status;

    /** The body as text. */
    private final String responseBody;

    /** How long the service asks to wait; null where it does not. */
    private final @Nullable Duration retryAfter;

    /**
     * Creates an exception.
     * @param message what failed, and why
     * @param status the HTTP status
     * @param responseBody what the service said
     * @param retryAfter how long the service asks to wait; null where it does not
     */
    public LatteStreamApiException(String message, int status, String responseBody, @Nullable Duration retryAfter) {
        super(message);
        this.status = status;
        this.responseBody = responseBody;
        this.retryAfter = retryAfter;
    }

    /**
     * Returns the status of the answer.
     * @return the HTTP status; 2xx where the answer could not be understood
     */
    public int status() {
        return status;
    }

    /**
     * Returns what the service said, usually {@code {"error":"..."}}.
     * @return the body as text; empty for none
     */
    public String responseBody() {
        return responseBody;
    }

    /**
     * Returns how long the service asks to wait before the next try.
     * @return the {@code Retry-After} header, from the moment of the answer; nothing where there was none
     */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
