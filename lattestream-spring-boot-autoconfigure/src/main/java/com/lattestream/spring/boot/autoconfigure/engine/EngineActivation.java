package com.lattestream.spring.boot.autoconfigure.engine;

import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.env.Environment;

/** Determines, when the application starts, whether the local engine is enabled. */
final class EngineActivation {

    private EngineActivation() {}

    static boolean isEnabled(Environment environment) {
        return environment.getProperty("lattestream.engine.enabled", Boolean.class, false);
    }

    /** Returns whether the application is being processed ahead of time instead of started. */
    static boolean isAotProcessing() {
        return Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING);
    }
}
