package com.lattestream.spring.boot.autoconfigure.auth;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of the endpoint that authorizes subscriptions to private and presence channels. Immutable.
 *
 * @param enabled Whether the endpoint is registered.
 * @param path Path of the endpoint.
 * @param mode Whether the service creates the authorizations, or the application signs them locally.
 * @param unmatched Decision on subscriptions to channels that no authorizer matches.
 */
@ConfigurationProperties("lattestream.auth")
public record LatteStreamAuthProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("/auth") String path,
        @DefaultValue("remote") Mode mode,
        @DefaultValue("deny") Unmatched unmatched) {

    /** The way in which authorizations are created. */
    public enum Mode {

        /** By a request to the service. */
        REMOTE,

        /** By signing them in the application, with its secret. */
        LOCAL
    }

    /** The decision on subscriptions to channels that no authorizer matches. */
    public enum Unmatched {

        /** Every authenticated user may subscribe. */
        AUTHENTICATED,

        /** All subscriptions are refused. */
        DENY
    }
}
