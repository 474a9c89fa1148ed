package com.lattestream.test.internal.rest;

/** A call that is answered with an error. */
final class RestException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;

    RestException(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }

    /** Returns what the caller is told; unlike {@code getMessage()} never null. */
    String reason() {
        return String.valueOf(getMessage());
    }
}
