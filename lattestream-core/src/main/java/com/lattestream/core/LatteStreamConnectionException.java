package com.lattestream.core;

/** Thrown if the service cannot be reached, or if the connection fails before the response is complete. */
public class LatteStreamConnectionException extends LatteStreamException {

    private static final long serialVersionUID = 1L;

    /** Whether the service may have received the request. */
    private final boolean ambiguous;

    /**
     * Creates an exception.
     * @param message the failure and the address
     * @param ambiguous whether the request was sent
     * @param cause the I/O error
     */
    public LatteStreamConnectionException(String message, boolean ambiguous, Throwable cause) {
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
