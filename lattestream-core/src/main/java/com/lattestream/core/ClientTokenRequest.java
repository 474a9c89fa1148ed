package com.lattestream.core;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request for a token that a browser uses to connect to the service. Immutable. */
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
     * Creates a request for a token with the service's default permissions and validity period.
     * @param apiKey the application's public key ({@code lspk_...})
     * @param socketId the id of the browser's connection
     * @return the request
     * @throws IllegalArgumentException if either is null or empty, or the key is a secret ({@code lsk_...}): this
     * request is not signed, and must not carry one
     */
    public static ClientTokenRequest of(String apiKey, String socketId) {
        if (apiKey == null || apiKey.isEmpty()) {
            throw new IllegalArgumentException("The API key must not be null or empty");
        }
        if (apiKey.startsWith("lsk_")) {
            throw new IllegalArgumentException(
                    "The API key must be the public key (lspk_...), but is a secret (lsk_...), which must not be sent in this request");
        }
        return new ClientTokenRequest(apiKey, SocketId.require(socketId), List.of(), null);
    }

    /**
     * Returns a copy of this request with the given permissions.
     * @param permissions the names of the permissions
     * @return a new request
     */
    public ClientTokenRequest withPermissions(Collection<String> permissions) {
        return new ClientTokenRequest(apiKey, socketId, List.copyOf(permissions), expiresIn);
    }

    /**
     * Returns a copy of this request with the given validity period of the token.
     * @param expiresIn the validity period, sent in whole seconds; at least one second
     * @return a new request
     * @throws IllegalArgumentException if the period is shorter than a second
     */
    public ClientTokenRequest withExpiresIn(Duration expiresIn) {
        if (expiresIn.toSeconds() < 1) {
            throw new IllegalArgumentException("The validity period of " + expiresIn + " must be at least one second");
        }
        return new ClientTokenRequest(apiKey, socketId, permissions, expiresIn);
    }

    /**
     * Returns the public key of the application that the token is for.
     * @return the public key
     */
    public String apiKey() {
        return apiKey;
    }

    /**
     * Returns the id of the connection that the token is for.
     * @return the socket id
     */
    public String socketId() {
        return socketId;
    }

    /**
     * Returns the permissions of the token.
     * @return the names of the permissions; empty for the service's default
     */
    public List<String> permissions() {
        return permissions;
    }

    /**
     * Returns the validity period of the token.
     * @return the period; empty for the service's default
     */
    public Optional<Duration> expiresIn() {
        return Optional.ofNullable(expiresIn);
    }
}
