package com.lattestream.core;

import org.jspecify.annotations.Nullable;

/**
 * The service did not answer in time, its answer's body included; or an event was not delivered within the delivery
 * timeout.
 */
public class LatteStreamTimeoutException extends LatteStreamException {

    private static final long serialVersionUID = 1L;

    /** Whether the service may have got the request. */
    private final boolean ambiguous;

    /**
     * Creates an exception.
     * @param message what took too long, and how long was waited
     * @param ambiguous whether the request was sent
     * @param cause what failed last; null for nothing
     */
    public LatteStreamTimeoutException(String message, boolean ambiguous, @Nullable Throwable cause) {
        super(message, cause);
        this.ambiguous = ambiguous;
    }

    /**
     * Tells whether the request was sent, so that the service may have done what it was asked to.
     * @return whether its fate is unknown; false if the service certainly has not done it
     */
    public boolean isAmbiguous() {
        return ambiguous;
    }
}
