package com.lattestream.spring.boot.autoconfigure.engine;

import java.io.Serial;

/** Thrown if the local engine is enabled, but is not on the classpath. */
final class MissingLatteStreamEngineException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    MissingLatteStreamEngineException() {
        super("'lattestream.engine.enabled' is true, but lattestream-test is not on the classpath");
    }
}
