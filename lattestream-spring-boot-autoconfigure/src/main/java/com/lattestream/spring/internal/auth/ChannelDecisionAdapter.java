package com.lattestream.spring.internal.auth;

import com.lattestream.core.PresenceMember;
import com.lattestream.spring.auth.ChannelDecision;
import com.lattestream.spring.auth.ChannelSubscription;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

/** Converts the values that authorizers return to decisions. Thread-safe. */
final class ChannelDecisionAdapter {

    private final AuthorizerMethodSupport stack;

    ChannelDecisionAdapter(AuthorizerMethodSupport stack) {
        this.stack = stack;
    }

    boolean supports(ResolvableType type) {
        ResolvableType asyncType = stack.asyncValueType(type);
        if (asyncType != null) {
            return isValue(asyncType);
        }
        return CompletionStage.class.isAssignableFrom(type.toClass())
                ? isValue(type.as(CompletionStage.class).getGeneric(0))
                : isValue(type);
    }

    private static boolean isValue(ResolvableType type) {
        return type.toClass() == Optional.class ? isPlain(type.getGeneric(0)) : isPlain(type);
    }

    private static boolean isPlain(ResolvableType type) {
        return type.toClass() == boolean.class
                || type.toClass() == Boolean.class
                || type.toClass() == PresenceMember.class;
    }

    CompletionStage<ChannelDecision> adapt(@Nullable Object returned, ChannelSubscription subscription) {
        CompletionStage<? extends @Nullable Object> stackSpecific = stack.toCompletionStage(returned, subscription);
        if (stackSpecific != null) {
            return stackSpecific.thenApply(ChannelDecisionAdapter::decision);
        }
        return returned instanceof CompletionStage<?> stage
                ? stage.thenApply(ChannelDecisionAdapter::decision)
                : CompletableFuture.completedFuture(decision(returned));
    }

    private static ChannelDecision decision(@Nullable Object value) {
        if (value instanceof Optional<?> optional) {
            return decision(optional.orElse(null));
        }
        if (value instanceof PresenceMember member) {
            return ChannelDecision.grantedAs(member);
        }
        return Boolean.TRUE.equals(value) ? ChannelDecision.granted() : ChannelDecision.refused();
    }
}
