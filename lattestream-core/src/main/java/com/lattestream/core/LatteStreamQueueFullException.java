package com.lattestream.core;

/**
 * An event was not taken, because the queue had no room for it, nor got any in time. Nothing of it is sent; it may be
 * triggered again.
 */
public class LatteStreamQueueFullException extends LatteStreamException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     * @param message how full the queue is, and how long was waited
     */
    public LatteStreamQueueFullException(String message) {
        super(message);
    }
}
