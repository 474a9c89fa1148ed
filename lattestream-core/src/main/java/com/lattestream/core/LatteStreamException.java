package com.lattestream.core;

import org.jspecify.annotations.Nullable;

/** Thrown if a call to LatteStream fails. Subclasses distinguish the reasons. */
public class LatteStreamException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     * @param message the failure and its reason; must not contain a secret
     */
    public LatteStreamException(String message) {
        super(message);
    }

    /**
     * Creates an exception.
     * @param message the failure and its reason; must not contain a secret
     * @param cause the cause; null for none
     */
    public LatteStreamException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
