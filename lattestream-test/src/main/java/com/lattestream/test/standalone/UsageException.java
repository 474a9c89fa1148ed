package com.lattestream.test.standalone;

/** Thrown when the command-line arguments are not valid. The message never contains a value that may be a secret. */
final class UsageException extends Exception {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
