package com.lattestream.test.internal.client;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Address that a client connects to.
 *
 * @param endpoint {@code host[:port][/base]}
 * @param useTls whether to use {@code https} and {@code wss}
 */
public record ClientAddress(String endpoint, boolean useTls) {

    private static final String SERVICE = ".lattestream.com";

    /**
     * Validates the endpoint.
     * @param endpoint {@code host[:port][/base]}
     * @param useTls whether to use {@code https} and {@code wss}
     * @throws IllegalArgumentException if the endpoint is not valid
     */
    public ClientAddress {
        if (!endpoint.matches("[A-Za-z0-9.\\[\\]:_-]+(/[^\\s?#]*)?") || endpoint.contains("://")) {
            throw new IllegalArgumentException(
                    "Endpoint '" + endpoint + "' must be host[:port][/base], without a scheme");
        }
    }

    /**
     * Returns whether an endpoint is on another machine, for which clients use TLS by default.
     * @param endpoint {@code host[:port][/base]}
     * @return whether the endpoint is on another machine
     */
    public static boolean isRemote(String endpoint) {
        return !endpoint.matches("(localhost|127\\.0\\.0\\.1|\\[::1])([:/].*)?");
    }

    /** Returns the URI of the discovery request. */
    URI discovery(String publicKey) {
        return URI.create((useTls ? "https://" : "http://") + endpoint + "/discover?api_key=" + publicKey);
    }

    /** Returns the URI of the WebSocket: with the hosted service, on the node named in the discovery response. */
    URI socket(String token, @Nullable JsonNode discovered) {
        String host = endpoint;
        String name = endpoint.replaceFirst("[:/].*", "");
        if (discovered != null && name.endsWith(SERVICE)) {
            host = discovered.path("cluster").asString(name.substring(0, name.length() - SERVICE.length()))
                    + "-node"
                    + discovered.path("node_id").asString("")
                    + SERVICE;
        }
        return URI.create((useTls ? "wss://" : "ws://") + host + "?discovery_token=" + token);
    }
}
