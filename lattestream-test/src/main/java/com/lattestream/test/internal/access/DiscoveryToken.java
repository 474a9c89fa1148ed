package com.lattestream.test.internal.access;

import java.time.Instant;

/**
 * What opens a WebSocket.
 *
 * @param value the token, of characters that need no encoding in an address
 * @param expiresAt when it stops being accepted
 */
public record DiscoveryToken(String value, Instant expiresAt) {

    /** Does not show the token. */
    @Override
    public String toString() {
        return "DiscoveryToken[expiresAt=" + expiresAt + "]";
    }
}
