package com.lattestream.samples.chat.browser;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How the page reaches LatteStream. The secret is not among it.
 *
 * @param key what browsers connect with
 * @param cluster the service's cluster
 * @param wsEndpoint {@code localhost:port} of a local engine; null for the service
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClientSettings(
        String key, String cluster, @Nullable String wsEndpoint) {

    /**
     * Returns what the page may load, and where it may connect.
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
