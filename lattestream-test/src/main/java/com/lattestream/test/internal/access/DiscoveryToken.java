package com.lattestream.test.internal.access;

import java.time.Instant;

/**
 * Token that is required for opening a WebSocket.
 *
 * @param value the token; its characters need no encoding in a URL
 * @param expiresAt time at which the token expires
 */
public record DiscoveryToken(String value, Instant expiresAt) {

    /** Returns a text without the token. */
    @Override
    public String toString() {
        return "DiscoveryToken[expiresAt=" + expiresAt + "]";
    }
}
