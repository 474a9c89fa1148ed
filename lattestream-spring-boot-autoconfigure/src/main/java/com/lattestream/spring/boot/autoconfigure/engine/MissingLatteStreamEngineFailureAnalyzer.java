package com.lattestream.spring.boot.autoconfigure.engine;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says which dependency the local engine needs. */
final class MissingLatteStreamEngineFailureAnalyzer extends AbstractFailureAnalyzer<MissingLatteStreamEngineException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MissingLatteStreamEngineException cause) {
        return new FailureAnalysis(
                "The local LatteStream engine is switched on ('lattestream.engine.enabled' is true), but it is not on"
                        + " the class path.",
                "Add the dependency com.lattestream:lattestream-test, or remove 'lattestream.engine.enabled' to talk to"
                        + " the LatteStream service.",
                cause);
    }
}
