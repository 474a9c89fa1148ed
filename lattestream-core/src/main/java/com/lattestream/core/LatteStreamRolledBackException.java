package com.lattestream.core;

/** An event was not triggered, as the transaction that it waited for was not committed. */
public class LatteStreamRolledBackException extends LatteStreamException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     * @param message what was not done
     */
    public LatteStreamRolledBackException(String message) {
        super(message);
    }
}
