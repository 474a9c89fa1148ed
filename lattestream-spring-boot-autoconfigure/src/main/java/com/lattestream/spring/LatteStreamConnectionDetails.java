package com.lattestream.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.boot.ssl.SslBundle;

/**
 * Details of the connection to the LatteStream service: its address and the secret. A bean of this type replaces the
 * properties {@code lattestream.secret}, {@code .public-key}, {@code .cluster}, {@code .endpoint}, {@code .use-tls} and
 * {@code .ssl.bundle}.
 * {@link Object#toString() toString()} of an implementation must not contain the secret.
 */
public interface LatteStreamConnectionDetails extends ConnectionDetails {

    /**
     * Returns the application's secret.
     * @return the secret ({@code lsk_...})
     */
    String getSecret();

    /**
     * Returns the public key with which browsers connect.
     * @return the key ({@code lspk_...}), or null if it is not known
     */
    default @Nullable String getPublicKey() {
        return null;
    }

    /**
     * Returns the cluster to connect to. Ignored if there is an {@linkplain #getEndpoint() endpoint}.
     * @return the cluster; {@code eu1} by default
     */
    default String getCluster() {
        return "eu1";
    }

    /**
     * Returns the address of the service, instead of the cluster's address.
     * @return {@code host[:port][/base]} without a scheme, or null for the address of the cluster
     */
    default @Nullable String getEndpoint() {
        return null;
    }

    /**
     * Returns whether to use TLS. Without TLS, the secret is sent unencrypted.
     * @return true by default
     */
    default boolean isUseTls() {
        return true;
    }

    /**
     * Returns the SSL bundle: the trusted certificates, the client certificate, and the TLS versions and ciphers.
     * @return the bundle, or null for the platform's defaults
     */
    default @Nullable SslBundle getSslBundle() {
        return null;
    }
}
