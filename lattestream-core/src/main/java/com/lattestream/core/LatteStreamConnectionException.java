package com.lattestream.core;

/** The service could not be reached, or the connection broke before the answer was there. */
public class LatteStreamConnectionException extends LatteStreamException {

    private static final long serialVersionUID = 1L;

    /** Whether the service may have got the request. */
    private final boolean ambiguous;

    /**
     * Creates an exception.
     * @param message what failed, and where to
     * @param ambiguous whether the request was sent
     * @param cause the I/O error
     */
    public LatteStreamConnectionException(String message, boolean ambiguous, Throwable cause) {
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
