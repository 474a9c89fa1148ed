package com.lattestream.test.standalone;

/** Says what is wrong with the arguments. Never repeats a value that may be a secret. */
final class UsageException extends Exception {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
