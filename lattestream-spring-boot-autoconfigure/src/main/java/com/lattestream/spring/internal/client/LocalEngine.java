package com.lattestream.spring.internal.client;

import org.jspecify.annotations.Nullable;

/** The local engine of the application. A bean of this type exists if lattestream-test is on the classpath. */
@FunctionalInterface
public interface LocalEngine {

    /**
     * Returns the connection to the engine, which is started if necessary.
     * @return the connection, or null if the application does not use an engine
     */
    @Nullable LocalEngineConnectionDetails connectionDetails();
}
