package com.lattestream.test.internal.rest;

import java.io.IOException;
import java.io.InputStream;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what a request carries, within a bound. */
final class RequestBody {

    static final int MAX_BYTES = 10 * 1024 * 1024;

    private static final JsonMapper JSON = JsonMapper.shared();

    private RequestBody() {}

    static byte[] bytes(Request request) throws RestException, IOException {
        try (InputStream in = Content.Source.asInputStream(request)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new RestException(
                        HttpStatus.PAYLOAD_TOO_LARGE_413, "The body must have at most " + MAX_BYTES + " bytes");
            }
            return bytes;
        }
    }

    static JsonNode object(byte[] bytes) throws RestException {
        try {
            JsonNode body = JSON.readTree(bytes);
            if (body.isObject()) {
                return body;
            }
        } catch (JacksonException ex) {
            throw new RestException(
                    HttpStatus.BAD_REQUEST_400, "The body is not valid JSON: " + ex.getOriginalMessage());
        }
        throw new RestException(HttpStatus.BAD_REQUEST_400, "The body must be a JSON object");
    }

    /** Returns a field that has to be a text on one line. */
    static String text(JsonNode object, String field) throws RestException {
        String value = object.path(field).stringValue("");
        if (value.isEmpty() || value.indexOf('\n') >= 0) {
            throw new RestException(
                    HttpStatus.BAD_REQUEST_400, "The field " + field + " must be a string, and not empty");
        }
        return value;
    }
}
