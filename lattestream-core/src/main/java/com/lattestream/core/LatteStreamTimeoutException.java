package com.lattestream.core;

/** The service did not answer in time, its answer's body included. It may have done what it was asked to. */
public class LatteStreamTimeoutException extends LatteStreamException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     * @param message what took too long, and how long was waited
     */
    public LatteStreamTimeoutException(String message) {
        super(message);
    }
}
