package com.lattestream.test.internal.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.lattestream.core.Event;
import com.lattestream.test.internal.channel.Channels;
import com.lattestream.test.internal.channel.Limits;
import com.lattestream.test.internal.rest.EventRequestReader;
import com.lattestream.test.internal.rest.RestException;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Triggers the event of a submitted form: {@code {"channel","event","data"}}. The data is a JSON text and may be
 * omitted.
 */
final class TriggerForm {

    static final int MAX_BYTES = 256 * 1024;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final EventRequestReader reader;

    private final Channels channels;

    TriggerForm(Channels channels, Limits limits) {
        this.reader = new EventRequestReader("event", "socketId", limits);
        this.channels = channels;
    }

    /** Requires the JSON media type, which pages of other origins cannot send without a preflight request. */
    void requireJson(Request request) throws RefusedException {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        if (type == null || !type.split(";", 2)[0].strip().equalsIgnoreCase("application/json")) {
            throw new RefusedException(HttpStatus.UNSUPPORTED_MEDIA_TYPE_415, "The body must be application/json");
        }
    }

    ObjectNode submit(byte[] body) throws RefusedException {
        Event event = event(parse(body, "The body"));
        if (event.data() != null) {
            parse(event.data().toString().getBytes(UTF_8), "The data");
        }
        int reached = channels.publish(List.of(event));
        return JSON.createObjectNode().put("event", event.name()).put("triggered", reached);
    }

    private static JsonNode parse(byte[] json, String name) throws RefusedException {
        try {
            JsonNode read = JSON.readTree(json);
            if (!read.isMissingNode()) {
                return read;
            }
            throw badRequest(name + " must not be empty");
        } catch (JacksonException ex) {
            throw badRequest(name + " is not valid JSON: " + ex.getOriginalMessage());
        }
    }

    private Event event(JsonNode form) throws RefusedException {
        try {
            return reader.read(form);
        } catch (RestException ex) {
            throw new RefusedException(ex.status(), ex.reason());
        }
    }

    private static RefusedException badRequest(String message) {
        return new RefusedException(HttpStatus.BAD_REQUEST_400, message);
    }
}
