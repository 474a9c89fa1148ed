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
                "Correct the method or its @ChannelAuthorizer annotation. For each channel, exactly one method must be the most specific.",
                cause);
    }
}
