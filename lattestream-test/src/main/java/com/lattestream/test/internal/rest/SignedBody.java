package com.lattestream.test.internal.rest;

import com.lattestream.test.internal.access.RequestAuthenticator;
import com.lattestream.test.internal.access.RequestRefusedException;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what a signed request carries: first the bytes, then who they are from, and only then what they say. */
final class SignedBody {

    static final int MAX_BYTES = 10 * 1024 * 1024;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final RequestAuthenticator authenticator;

    SignedBody(RequestAuthenticator authenticator) {
        this.authenticator = authenticator;
    }

    /** Returns a JSON object. */
    JsonNode read(Request request) throws RestException, IOException {
        byte[] bytes = bytes(request);
        try {
            authenticator.authenticate(request, bytes);
        } catch (RequestRefusedException ex) {
            throw new RestException(HttpStatus.UNAUTHORIZED_401, String.valueOf(ex.getMessage()));
        }
        JsonNode body = parse(bytes);
        if (!body.isObject()) {
            throw new RestException(HttpStatus.BAD_REQUEST_400, "The body must be a JSON object");
        }
        return body;
    }

    private static byte[] bytes(Request request) throws RestException, IOException {
        try (InputStream in = Content.Source.asInputStream(request)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new RestException(
                        HttpStatus.PAYLOAD_TOO_LARGE_413, "The body must have at most " + MAX_BYTES + " bytes");
            }
            return bytes;
        }
    }

    private static JsonNode parse(byte[] bytes) throws RestException {
        try {
            return JSON.readTree(bytes);
        } catch (JacksonException ex) {
            throw new RestException(
                    HttpStatus.BAD_REQUEST_400, "The body is not valid JSON: " + ex.getOriginalMessage());
        }
    }
}
