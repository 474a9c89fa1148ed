package com.lattestream.spring.boot.autoconfigure;

import com.lattestream.spring.internal.client.UndeterminedClientException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Describes the available clients, the feature that needs one of them, and how to select it. */
final class UndeterminedClientFailureAnalyzer extends AbstractFailureAnalyzer<UndeterminedClientException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UndeterminedClientException cause) {
        if (cause.candidates().isEmpty()) {
            return new FailureAnalysis(
                    "A LatteStreamClient is needed for " + cause.neededFor() + ", but there is no bean of this type.",
                    "Declare a LatteStreamClient bean, or do not exclude LatteStreamAutoConfiguration.",
                    cause);
        }
        StringBuilder description = new StringBuilder(
                "The default LatteStreamClient cannot be determined, because no bean is the primary or"
                        + " the only default candidate:\n\n    Needed for: " + cause.neededFor() + "\n    Candidates:");
        cause.candidates().forEach(name -> description.append("\n        - ").append(name));
        return new FailureAnalysis(
                description.toString(),
                """
                Mark one of the beans as @Primary, or declare all others with @Bean(defaultCandidate = false).

                A broadcast can name another client: @Broadcast(client = "%s").""".formatted(cause.candidates().get(cause.candidates().size() - 1)),
                cause);
    }
}
