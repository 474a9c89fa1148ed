package com.lattestream.spring.boot.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Describes how to configure the secret, and how to run an application without one. */
final class MissingLatteStreamSecretFailureAnalyzer extends AbstractFailureAnalyzer<MissingLatteStreamSecretException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MissingLatteStreamSecretException cause) {
        return new FailureAnalysis(
                "LatteStream has no secret: the property 'lattestream.secret' is not set, or empty.", """
                Set the property 'lattestream.secret', or the environment variable LATTESTREAM_SECRET, to the \
                application's secret, which starts with lsk_.

                For local development without the service, add the dependency com.lattestream:lattestream-test with \
                the classifier 'embeddable', and set 'lattestream.engine.enabled=true'.

                To start without sending requests, set 'lattestream.mode' to log or none.""", cause);
    }
}
