package com.lattestream.test.internal.access;

/** A request that does not come from who holds the secret, or not for the first time. */
public final class RequestRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    RequestRefusedException(String message) {
        super(message);
    }
}
