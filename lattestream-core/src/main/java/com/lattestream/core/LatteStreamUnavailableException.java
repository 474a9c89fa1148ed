package com.lattestream.core;

/**
 * The service was not asked: because of late it has failed too often, and the circuit breaker is open, so that asking
 * again later helps; or because the client is an {@link OfflineLatteStreamClient}, and never asks it.
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
