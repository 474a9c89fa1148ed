package com.lattestream.test.internal.rest;

import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import tools.jackson.databind.JsonNode;

/** One call of the REST interface. */
interface RestCall {

    /** Maximum number of bytes of the body of a signed request. */
    int MAX_SIGNED_BYTES = 10 * 1024 * 1024;

    /** The only method that it has. */
    HttpMethod method();

    /** Whether requests must be signed. */
    default boolean isSigned() {
        return true;
    }

    /** Maximum number of bytes of the body. */
    default int maxBodyBytes() {
        return MAX_SIGNED_BYTES;
    }

    /** Returns the response to a request of that method; {@code response} is for headers only. */
    JsonNode answer(Request request, Response response, byte[] body) throws RestException;
}
