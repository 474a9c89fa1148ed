package com.lattestream.spring.boot.autoconfigure.engine;

import java.io.Serial;

/** Thrown when the local engine is switched on, but is not on the class path. */
final class MissingLatteStreamEngineException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    MissingLatteStreamEngineException() {
        super("'lattestream.engine.enabled' is true, but lattestream-test is not on the class path");
    }
}
