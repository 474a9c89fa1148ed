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
                "Change the @Broadcast, or the type that it is on. Templates name properties that are there, as {property}"
                        + " or #{expression}, and the payload has at least one property to send.",
                cause);
    }
}
