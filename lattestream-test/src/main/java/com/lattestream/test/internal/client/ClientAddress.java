package com.lattestream.test.internal.client;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Where a client connects to.
 *
 * @param endpoint {@code host[:port][/base]}
 * @param useTls whether by {@code https} and {@code wss}
 */
public record ClientAddress(String endpoint, boolean useTls) {

    private static final String SERVICE = ".lattestream.com";

    /**
     * Checks the endpoint.
     * @param endpoint {@code host[:port][/base]}
     * @param useTls whether by {@code https} and {@code wss}
     * @throws IllegalArgumentException if the endpoint is not such
     */
    public ClientAddress {
        if (!endpoint.matches("[A-Za-z0-9.\\[\\]:_-]+(/[^\\s?#]*)?") || endpoint.contains("://")) {
            throw new IllegalArgumentException(
                    "Endpoint '" + endpoint + "' must be host[:port][/base], without a scheme");
        }
    }

    /**
     * Tells what a client usually does about TLS.
     * @param endpoint {@code host[:port][/base]}
     * @return whether the endpoint is another machine than this one
     */
    public static boolean isRemote(String endpoint) {
        return !endpoint.matches("(localhost|127\\.0\\.0\\.1|\\[::1])([:/].*)?");
    }

    /** Returns where a token is asked for. */
    URI discovery(String publicKey) {
        return URI.create((useTls ? "https://" : "http://") + endpoint + "/discover?api_key=" + publicKey);
    }

    /** Returns where the socket is: at the hosted service, on the node that discovery names. */
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
