package com.lattestream.core;

/** The service could not be reached, or the connection broke before the answer was there. */
public class LatteStreamConnectionException extends LatteStreamException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     * @param message what failed, and where to
     * @param cause the I/O error
     */
    public LatteStreamConnectionException(String message, Throwable cause) {
        super(message, cause);
    }
}
