package com.lattestream.core;

/**
 * Thrown if an event was not triggered because its transaction was not committed, or was rolled back to an earlier
 * savepoint.
 */
public class LatteStreamRolledBackException extends LatteStreamException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     * @param message the operation that was not executed
     */
    public LatteStreamRolledBackException(String message) {
        super(message);
    }
}
