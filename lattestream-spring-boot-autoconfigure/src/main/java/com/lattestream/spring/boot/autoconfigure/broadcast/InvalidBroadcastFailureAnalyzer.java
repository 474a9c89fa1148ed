package com.lattestream.spring.boot.autoconfigure.broadcast;

import com.lattestream.spring.internal.broadcast.InvalidBroadcastException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Describes which {@code @Broadcast} annotation is invalid, and the reason. */
final class InvalidBroadcastFailureAnalyzer extends AbstractFailureAnalyzer<InvalidBroadcastException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidBroadcastException cause) {
        return new FailureAnalysis(
                "A @Broadcast cannot be used:\n\n    On: " + cause.location() + "\n    Reason: " + cause.reason(),
                "Correct the @Broadcast annotation, or the type that it annotates. A template must refer to existing properties,"
                        + " as {property} or #{expression}, and the payload must have at least one property to send.",
                cause);
    }
}
