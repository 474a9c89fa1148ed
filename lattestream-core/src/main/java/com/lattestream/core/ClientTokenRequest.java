package com.lattestream.core;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks for a token that a browser may connect with. Immutable. */
public final class ClientTokenRequest {

    private final String apiKey;

    private final String socketId;

    private final List<String> permissions;

    private final @Nullable Duration expiresIn;

    private ClientTokenRequest(String apiKey, String socketId, List<String> permissions, @Nullable Duration expiresIn) {
        this.apiKey = apiKey;
        this.socketId = socketId;
        this.permissions = permissions;
        this.expiresIn = expiresIn;
    }

    /**
     * Asks for a token with the service's own permissions and life time.
     * @param apiKey the application's public key ({@code lspk_...})
     * @param socketId the id of the browser's connection
     * @return the request
     * @throws IllegalArgumentException if either is null or empty, or the key is a secret ({@code lsk_...}): this
     * request is not signed, and must not carry one
     */
    public static ClientTokenRequest of(@Nullable String apiKey, @Nullable String socketId) {
        if (apiKey == null || apiKey.isEmpty()) {
            throw new IllegalArgumentException("The API key must not be null or empty");
        }
        if (apiKey.startsWith("lsk_")) {
            throw new IllegalArgumentException(
                    "The API key must be the public key (lspk_...); a secret (lsk_...) was given, which must not be sent here");
        }
        return new ClientTokenRequest(apiKey, SocketId.require(socketId), List.of(), null);
    }

    /**
     * Returns the same request for certain permissions.
     * @param permissions the permissions' names
     * @return a new request
     */
    public ClientTokenRequest withPermissions(Collection<String> permissions) {
        return new ClientTokenRequest(apiKey, socketId, List.copyOf(permissions), expiresIn);
    }

    /**
     * Returns the same request for a token that lives so long.
     * @param expiresIn the life time, sent in whole seconds; at least one
     * @return a new request
     * @throws IllegalArgumentException if it is shorter than a second
     */
    public ClientTokenRequest withExpiresIn(Duration expiresIn) {
        if (expiresIn.toSeconds() < 1) {
            throw new IllegalArgumentException("A token's life time of " + expiresIn + " must be at least one second");
        }
        return new ClientTokenRequest(apiKey, socketId, permissions, expiresIn);
    }

    /**
     * Returns for which application the token is.
     * @return the public key
     */
    public String apiKey() {
        return apiKey;
    }

    /**
     * Returns for which connection the token is.
     * @return the connection's id
     */
    public String socketId() {
        return socketId;
    }

    /**
     * Returns what the token shall allow.
     * @return the permissions' names; empty for the service's own choice
     */
    public List<String> permissions() {
        return permissions;
    }

    /**
     * Returns how long the token shall live.
     * @return the life time, or nothing for the service's own choice
     */
    public Optional<Duration> expiresIn() {
        return Optional.ofNullable(expiresIn);
    }
}
