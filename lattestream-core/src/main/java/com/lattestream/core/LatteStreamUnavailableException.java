package com.lattestream.core;

/**
 * The service was not asked, because of late it has failed too often: the circuit breaker is open. Asking again later
 * helps.
 */
public class LatteStreamUnavailableException extends LatteStreamException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     * @param message what was not asked
     */
    public LatteStreamUnavailableException(String message) {
        super(message);
    }
}
