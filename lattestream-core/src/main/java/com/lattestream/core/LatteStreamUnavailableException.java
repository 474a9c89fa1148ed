package com.lattestream.core;

/**
 * Thrown if a request was not sent, because the circuit breaker is open after too many failures, so that a later
 * attempt may succeed; or because the client is an {@link OfflineLatteStreamClient}, which never sends requests.
 */
public class LatteStreamUnavailableException extends LatteStreamException {

    private static final long serialVersionUID = 1L;

    /** Whether the client may send requests later. */
    private final boolean retryable;

    /**
     * Creates an exception for an open circuit breaker.
     * @param message the request that was not sent
     */
    public LatteStreamUnavailableException(String message) {
        this(message, true);
    }

    LatteStreamUnavailableException(String message, boolean retryable) {
        super(message);
        this.retryable = retryable;
    }

    @Override
    public boolean isRetryable() {
        return retryable;
    }
}
