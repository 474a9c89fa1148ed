package com.lattestream.spring.boot.autoconfigure;

import java.io.Serial;

/** Thrown if no secret is configured. */
final class MissingLatteStreamSecretException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    MissingLatteStreamSecretException() {
        super("The property 'lattestream.secret' is not set");
    }
}
