package com.lattestream.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.boot.ssl.SslBundle;

/**
 * Where the LatteStream service is, and what to show it. A bean of this type replaces what the properties
 * {@code lattestream.secret}, {@code .cluster}, {@code .endpoint}, {@code .use-tls} and {@code .ssl.bundle} say.
 * Implementations do not show the secret in {@link Object#toString() toString()}.
 */
public interface LatteStreamConnectionDetails extends ConnectionDetails {

    /**
     * Returns the application's secret.
     * @return the secret ({@code lsk_...})
     */
    String getSecret();

    /**
     * Returns which cluster's service to talk to, unless there is an {@linkplain #getEndpoint() endpoint}.
     * @return the cluster; {@code eu1} by default
     */
    default String getCluster() {
        return "eu1";
    }

    /**
     * Returns where the service is, instead of the cluster's own address.
     * @return {@code host[:port][/base]} without a scheme, or null for the cluster's
     */
    default @Nullable String getEndpoint() {
        return null;
    }

    /**
     * Returns whether to use TLS. Without it the secret travels in the clear.
     * @return true by default
     */
    default boolean isUseTls() {
        return true;
    }

    /**
     * Returns which certificates to trust and to show, and which versions and ciphers of TLS to offer.
     * @return the bundle, or null for the platform's defaults
     */
    default @Nullable SslBundle getSslBundle() {
        return null;
    }
}
