package com.lattestream.core;

/**
 * Thrown if the queue has no room for an event, or has had none within the max-block time. No part of the event is
 * sent. The event can be triggered again.
 */
public class LatteStreamQueueFullException extends LatteStreamException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     * @param message the size of the queue and the time waited
     */
    public LatteStreamQueueFullException(String message) {
        super(message);
    }

    @Override
    public boolean isRetryable() {
        return true;
    }
}
