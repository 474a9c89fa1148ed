package com.lattestream.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A token that a browser uses to connect to the service.
 *
 * @param accessToken the token ({@code lspc_...})
 * @param tokenType the type of the token; null if the response does not contain it
 * @param expiresIn the validity period, from the time of the response; null if the response does not contain it
 * @param tenantId the tenant that the token belongs to; null if the response does not contain it
 */
public record ClientToken(
        String accessToken,
        @Nullable String tokenType,
        @Nullable Duration expiresIn,
        @Nullable String tenantId) {

    /** Returns a string that does not show the token. */
    @Override
    public String toString() {
        return "ClientToken[accessToken=******, tokenType=" + tokenType + ", expiresIn=" + expiresIn + ", tenantId="
                + tenantId + "]";
    }
}
