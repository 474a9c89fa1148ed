package com.lattestream.core.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import org.apache.hc.core5.http.Header;

/**
 * The user name and password for a proxy, sent with Basic authentication. They are sent with the first request, not
 * only in response to a challenge, which would double the number of requests. Neither is included in
 * {@code toString()}.
 */
public final class ProxyCredentials {

    private final String authorization;

    /**
     * Creates credentials.
     * @param username the user name, without a colon
     * @param password the password
     * @throws IllegalArgumentException if the user name is empty or contains a colon
     */
    public ProxyCredentials(String username, String password) {
        if (username.isEmpty() || username.indexOf(':') >= 0) {
            throw new IllegalArgumentException("The user name for the proxy must not be empty and must have no colon");
        }
        authorization = "Basic " + Base64.getEncoder().encodeToString((username + ":" + password).getBytes(UTF_8));
    }

    Header header() {
        return new SecretHeader("Proxy-Authorization", authorization);
    }

    /** Returns a text without the user name and the password. */
    @Override
    public String toString() {
        return "ProxyCredentials[not shown]";
    }
}
