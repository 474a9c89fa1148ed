package com.lattestream.spring.internal.auth;

import com.lattestream.spring.auth.ChannelSubscription;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the value of an authorizer's parameter comes from. */
@FunctionalInterface
interface AuthorizerArgument {

    /**
     * Finds the value.
     * @param subscription what is asked for
     * @param variables the pattern's variables, as the channel has them
     * @return the value
     * @throws UnfitException if the authorizer cannot be asked about this subscription, which is a refusal
     * @throws Exception for any other reason
     */
    @Nullable Object resolve(ChannelSubscription subscription, Map<String, String> variables) throws Exception;

    /** The channel or the user is none that the authorizer knows. */
    final class UnfitException extends Exception {

        private static final long serialVersionUID = 1L;

        UnfitException(String message) {
            super(message, null, false, false);
        }
    }
}
