package com.lattestream.spring.boot.autoconfigure.engine;

import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.env.Environment;

/** Whether the local engine is switched on, which is decided when the application starts. */
final class EngineSwitch {

    private EngineSwitch() {}

    static boolean isOn(Environment environment) {
        return environment.getProperty("lattestream.engine.enabled", Boolean.class, false);
    }

    /** Whether the application is not started, but processed ahead of time. */
    static boolean isAotProcessing() {
        return Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING);
    }
}
