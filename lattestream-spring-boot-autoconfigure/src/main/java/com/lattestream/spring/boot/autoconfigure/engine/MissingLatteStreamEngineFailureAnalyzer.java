package com.lattestream.spring.boot.autoconfigure.engine;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Describes which dependency the local engine requires. */
final class MissingLatteStreamEngineFailureAnalyzer extends AbstractFailureAnalyzer<MissingLatteStreamEngineException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MissingLatteStreamEngineException cause) {
        return new FailureAnalysis(
                "The local LatteStream engine is enabled ('lattestream.engine.enabled' is true), but it is not on"
                        + " the classpath.",
                "Remove 'lattestream.engine.enabled' to use the LatteStream service. To use the local engine, add the"
                        + " dependency com.lattestream:lattestream-test. Spring Boot's build plugins leave it out of"
                        + " executable jars and of 'spring-boot:run', 'spring-boot:test-run', 'bootRun' and"
                        + " 'bootTestRun', unless its classifier is 'embeddable'. If its scope is 'test', start with"
                        + " 'spring-boot:test-run' or 'bootTestRun', or from a main class in src/test. Executable jars do not"
                        + " contain it either if it is optional, or in 'developmentOnly'.",
                cause);
    }
}
