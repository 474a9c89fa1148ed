package com.lattestream.core;

/**
 * Thrown if a request was not sent, because the circuit breaker is open after too many failures, so that a later
 * attempt may succeed; or because the client is an {@link OfflineLatteStreamClient}, which never sends requests.
 */
public class LatteStreamUnavailableException extends LatteStreamException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     * @param message the request that was not sent
     */
    public LatteStreamUnavailableException(String message) {
        super(message);
    }
}
