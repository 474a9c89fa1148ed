package com.lattestream.core;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if the complete response is not received in time, or if an event is not delivered within the delivery timeout
 * or its own {@linkplain Event#expiringAfter expiry}.
 */
public class LatteStreamTimeoutException extends LatteStreamException {

    private static final long serialVersionUID = 1L;

    /** Whether the service may have received the request. */
    private final boolean ambiguous;

    /**
     * Creates an exception.
     * @param message the operation and its timeout
     * @param ambiguous whether the request was sent
     * @param cause the last failure; null for none
     */
    public LatteStreamTimeoutException(String message, boolean ambiguous, @Nullable Throwable cause) {
        super(message, cause);
        this.ambiguous = ambiguous;
    }

    /**
     * Returns whether the request was sent, so that the service may have processed it.
     * @return true if the outcome is unknown; false if the service has certainly not processed the request
     */
    public boolean isAmbiguous() {
        return ambiguous;
    }

    @Override
    public boolean isRetryable() {
        return true;
    }
}
