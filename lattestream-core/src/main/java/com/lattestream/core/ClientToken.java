package com.lattestream.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A token that a browser may connect with.
 *
 * @param accessToken the token ({@code lspc_...})
 * @param tokenType its type, as the service names it; null where it does not
 * @param expiresIn how long it lives from now; null where the service does not tell
 * @param tenantId whose it is; null where the service does not tell
 */
public record ClientToken(
        String accessToken,
        @Nullable String tokenType,
        @Nullable Duration expiresIn,
        @Nullable String tenantId) {

    /** Returns a text that does not show the token. */
    @Override
    public String toString() {
        return "ClientToken[accessToken=******, tokenType=" + tokenType + ", expiresIn=" + expiresIn + ", tenantId="
                + tenantId + "]";
    }
}
