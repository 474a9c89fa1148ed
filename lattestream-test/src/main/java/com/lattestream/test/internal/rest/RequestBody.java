package com.lattestream.test.internal.rest;

import org.eclipse.jetty.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Parses the JSON body of a request. */
final class RequestBody {

    private static final JsonMapper JSON = JsonMapper.shared();

    private RequestBody() {}

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

    /** Returns a required string field without line breaks. */
    static String text(JsonNode object, String field) throws RestException {
        String value = object.path(field).stringValue("");
        if (value.isEmpty() || value.indexOf('\n') >= 0) {
            throw new RestException(
                    HttpStatus.BAD_REQUEST_400, "The field " + field + " must be a string, and not empty");
        }
        return value;
    }
}
