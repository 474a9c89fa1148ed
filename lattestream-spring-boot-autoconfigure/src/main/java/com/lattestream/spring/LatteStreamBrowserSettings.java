package com.lattestream.spring;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The values that a page needs to connect to LatteStream. They contain no secret, so an application can send them to
 * browsers. A bean of this type has the values of {@code lattestream.*}, or those of a local engine. Written as JSON
 * {@code {"key":"lspk_...","cluster":"eu1","tls":true,"authEndpoint":"/auth"}}; properties that are null are left out.
 * Immutable.
 *
 * <p>The bean is created on its first use. If no public key is configured then, its creation fails, except in the modes
 * in which no request is sent to the service.
 *
 * @param key the public key ({@code lspk_...}); null only if the client sends no requests ({@code lattestream.mode}) and
 * no key is configured
 * @param cluster the cluster of the service; not used if there is an endpoint
 * @param endpoint the address to connect to instead of the cluster, as {@code host[:port][/base]}; null for the cluster
 * @param tls whether browsers connect with TLS
 * @param authEndpoint the path of the endpoint that authorizes subscriptions, with the context path of the application;
 * null if there is no such endpoint
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LatteStreamBrowserSettings(
        @Nullable String key,
        String cluster,
        @Nullable String endpoint,
        boolean tls,
        @Nullable String authEndpoint) {

    /**
     * Creates settings.
     * @param key the public key; null if it is not known
     * @param cluster the cluster of the service
     * @param endpoint the address instead of the cluster; null for the cluster
     * @param tls whether browsers connect with TLS
     * @param authEndpoint the path of the endpoint that authorizes subscriptions; null if there is none
     * @throws IllegalArgumentException if the key is a secret, which must not be sent to browsers
     */
    public LatteStreamBrowserSettings {
        if (key != null && !key.startsWith("lspk_")) {
            throw new IllegalArgumentException(
                    "The key of browsers must be the public key (lspk_...) of the application, and never its secret");
        }
    }
}
