package com.lattestream.spring.boot.autoconfigure.auth;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may subscribe to private and presence channels. Immutable.
 *
 * @param enabled Whether there is an endpoint for the browser client to ask.
 * @param path Path of the endpoint.
 * @param mode Whether the service makes the authorizations, or they are signed locally.
 * @param unmatched What users may do on channels that no authorizer matches. By default, anything if there is no
 *     authorizer at all, and nothing otherwise.
 */
@ConfigurationProperties("lattestream.auth")
public record LatteStreamAuthProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("/auth") String path,
        @DefaultValue("remote") Mode mode,
        @Nullable Unmatched unmatched) {

    /** Who makes authorizations. */
    public enum Mode {

        /** The service is asked. */
        REMOTE,

        /** They are signed here, with the application's secret. */
        LOCAL
    }

    /** What becomes of channels that no authorizer matches. */
    public enum Unmatched {

        /** Every user may subscribe. */
        AUTHENTICATED,

        /** Nobody may. */
        DENY
    }
}
