package com.lattestream.core.internal.wire;

/** An answer is not what the wire protocol says. */
public final class UnreadableReplyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableReplyException(String message) {
        super(message);
    }

    UnreadableReplyException(String message, Throwable cause) {
        super(message, cause);
    }
}
