package com.lattestream.samples.chat.browser;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The settings with which the page connects to LatteStream. The secret is not one of them.
 *
 * @param key the public key
 * @param cluster the cluster of the service
 * @param wsEndpoint {@code localhost:port} of a local engine; null for the service
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClientSettings(
        String key, String cluster, @Nullable String wsEndpoint) {

    /**
     * Returns a policy for the sources that the page may load and the addresses it may connect to.
     * @return a Content-Security-Policy
     */
    public String securityPolicy() {
        String lattestream = wsEndpoint != null
                ? "http://" + wsEndpoint + " ws://" + wsEndpoint
                : "https://*.lattestream.com wss://*.lattestream.com";
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' "
                + lattestream + "; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    }
}
