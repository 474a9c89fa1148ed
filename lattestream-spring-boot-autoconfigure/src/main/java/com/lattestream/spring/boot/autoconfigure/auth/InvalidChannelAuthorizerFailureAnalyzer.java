package com.lattestream.spring.boot.autoconfigure.auth;

import com.lattestream.spring.internal.auth.InvalidChannelAuthorizerException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Describes which channel authorizer is invalid, and the reason. */
final class InvalidChannelAuthorizerFailureAnalyzer extends AbstractFailureAnalyzer<InvalidChannelAuthorizerException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidChannelAuthorizerException cause) {
        return new FailureAnalysis(
                "A channel authorizer cannot be used:\n\n    Method: " + cause.method() + "\n    Reason: "
                        + cause.reason(),
                "Change the method or its @ChannelAuthorizer, so that it is clear who decides on which channel.",
                cause);
    }
}
