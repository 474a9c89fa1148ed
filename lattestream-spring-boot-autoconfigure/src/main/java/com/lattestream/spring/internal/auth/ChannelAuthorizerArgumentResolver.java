package com.lattestream.spring.internal.auth;

import com.lattestream.spring.auth.ChannelSubscription;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Resolves the value of an authorizer's parameter. */
@FunctionalInterface
public interface ChannelAuthorizerArgumentResolver {

    /**
     * Returns the value.
     * @param subscription the requested subscription
     * @param variables the texts of the pattern's variables, by their names
     * @return the value
     * @throws UnresolvableArgumentException if there is no value for this subscription, which refuses it
     * @throws Exception for any other reason
     */
    @Nullable Object resolve(ChannelSubscription subscription, Map<String, String> variables) throws Exception;
}
