package com.lattestream.core.internal.wire;

/** Thrown when a response does not conform to the wire protocol. */
public final class MalformedResponseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MalformedResponseException(String message) {
        super(message);
    }

    MalformedResponseException(String message, Throwable cause) {
        super(message, cause);
    }
}
