package com.lattestream.test.internal.console;

/** Thrown when the console rejects a request. The message contains the reason. */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;

    RefusedException(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
