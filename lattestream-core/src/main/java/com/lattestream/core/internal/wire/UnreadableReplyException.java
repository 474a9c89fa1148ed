package com.lattestream.core.internal.wire;

/** Thrown when a response does not conform to the wire protocol. */
public final class UnreadableReplyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableReplyException(String message) {
        super(message);
    }

    UnreadableReplyException(String message, Throwable cause) {
        super(message, cause);
    }
}
