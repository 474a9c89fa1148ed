package com.lattestream.test.internal.access;

/** Thrown when a request is not signed with the secret, or is repeated. */
public final class RequestRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    RequestRefusedException(String message) {
        super(message);
    }
}
