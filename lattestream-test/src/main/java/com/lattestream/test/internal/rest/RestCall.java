package com.lattestream.test.internal.rest;

import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import tools.jackson.databind.JsonNode;

/** A call of the REST API. */
interface RestCall {

    /** Maximum number of bytes of the body of a signed request. */
    int MAX_SIGNED_BYTES = 10 * 1024 * 1024;

    /** The HTTP method of the call. */
    HttpMethod method();

    /** Whether requests must be signed. */
    default boolean isSigned() {
        return true;
    }

    /** Maximum number of bytes of the body. */
    default int maxBodyBytes() {
        return MAX_SIGNED_BYTES;
    }

    /**
     * Handles a request with this method and returns the body of the response; {@code response} is used for headers
     * only.
     */
    JsonNode handle(Request request, Response response, byte[] body) throws RestException;
}
