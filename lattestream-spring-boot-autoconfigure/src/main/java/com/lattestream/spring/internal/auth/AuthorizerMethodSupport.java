package com.lattestream.spring.internal.auth;

import com.lattestream.spring.auth.ChannelSubscription;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;

/** The parameters and return types of authorizers that only one web stack supports. Thread-safe. */
public interface AuthorizerMethodSupport {

    /**
     * Returns the resolver of a parameter.
     * @param parameter the parameter
     * @return the resolver; null if this stack does not determine the value
     */
    @Nullable ChannelAuthorizerArgumentResolver createResolver(MethodParameter parameter);

    /**
     * Returns the types of parameters, for messages.
     * @return such as {@code an HttpServletRequest}
     */
    String parameterTypes();

    /**
     * Returns the type of the value that a return type will have later.
     * @param type the return type of an authorizer
     * @return the type of the value; null if this stack does not support the return type
     */
    default @Nullable ResolvableType asyncValueType(ResolvableType type) {
        return null;
    }

    /**
     * Returns the value that a returned object will have later.
     * @param returned the returned object
     * @param subscription the subscription that is decided on
     * @return the value, which may be null; null if the returned object is the value
     */
    default @Nullable CompletionStage<? extends @Nullable Object> toCompletionStage(
            @Nullable Object returned, ChannelSubscription subscription) {
        return null;
    }
}
