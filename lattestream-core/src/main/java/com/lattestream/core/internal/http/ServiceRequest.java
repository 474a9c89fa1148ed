package com.lattestream.core.internal.http;

import com.lattestream.core.internal.validation.Quoted;

/**
 * A request to the service, apart from what every attempt adds.
 *
 * @param method the HTTP method
 * @param path path and query exactly as they are sent and signed, without the endpoint's base path
 * @param body the bytes to send; empty for none
 * @param signed whether the request carries the secret and a signature
 * @param statusSuffices whether a 2xx status answers it all, so that a body that does not arrive whole does not matter
 */
public record ServiceRequest(String method, String path, byte[] body, boolean signed, boolean statusSuffices) {

    private static final byte[] NO_BODY = {};

    private static final int MAX_SHOWN = 120;

    /**
     * Asks for something.
     * @param path path and query
     * @return a signed GET, answered by its body
     */
    public static ServiceRequest get(String path) {
        return new ServiceRequest("GET", path, NO_BODY, true, false);
    }

    /**
     * Asks for something.
     * @param path the path
     * @param body what to send
     * @return a signed POST, answered by its body
     */
    public static ServiceRequest post(String path, byte[] body) {
        return new ServiceRequest("POST", path, body, true, false);
    }

    /**
     * Asks for something without showing the secret.
     * @param path the path
     * @param body what to send
     * @return an unsigned POST, answered by its body
     */
    public static ServiceRequest unsignedPost(String path, byte[] body) {
        return new ServiceRequest("POST", path, body, false, false);
    }

    /**
     * Has something done.
     * @param path the path
     * @param body what to send; empty for none
     * @return a signed POST, answered by its status
     */
    public static ServiceRequest command(String path, byte... body) {
        return new ServiceRequest("POST", path, body, true, true);
    }

    /** Returns method and path without the query, for messages. */
    @Override
    public String toString() {
        int query = path.indexOf('?');
        return method + " " + Quoted.text(query < 0 ? path : path.substring(0, query), MAX_SHOWN);
    }
}
