package com.lattestream.core;

import org.jspecify.annotations.Nullable;

/** Something that was asked of LatteStream did not succeed. Its subclasses say what. */
public class LatteStreamException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     * @param message what failed, and why; without any secret
     */
    public LatteStreamException(String message) {
        super(message);
    }

    /**
     * Creates an exception.
     * @param message what failed, and why; without any secret
     * @param cause what it came from
     */
    public LatteStreamException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
