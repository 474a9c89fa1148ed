package com.lattestream.test.internal.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.lattestream.core.Event;
import com.lattestream.test.internal.channel.Channels;
import com.lattestream.test.internal.channel.Limits;
import com.lattestream.test.internal.rest.EventReader;
import com.lattestream.test.internal.rest.RestException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Triggers the event that somebody has filled in: {@code {"channel","event","data"}}, the data a JSON text. */
final class TriggerForm {

    static final int MAX_BYTES = 256 * 1024;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final EventReader reader;

    private final Channels channels;

    TriggerForm(Channels channels, Limits limits) {
        this.reader = new EventReader("event", "socketId", limits);
        this.channels = channels;
    }

    ObjectNode submit(Request request) throws RefusedException, IOException {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        if (type == null || !type.split(";", 2)[0].strip().equalsIgnoreCase("application/json")) {
            throw new RefusedException(HttpStatus.UNSUPPORTED_MEDIA_TYPE_415, "The body must be application/json");
        }
        JsonNode form = parse(body(request), "The body");
        Event event = event(form);
        parse(String.valueOf(event.data()).getBytes(UTF_8), "The data");
        int reached = channels.publish(List.of(event));
        return JSON.createObjectNode().put("event", event.name()).put("triggered", reached);
    }

    private static byte[] body(Request request) throws RefusedException, IOException {
        try (InputStream in = Content.Source.asInputStream(request)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new RefusedException(
                        HttpStatus.PAYLOAD_TOO_LARGE_413, "The body must have at most " + MAX_BYTES + " bytes");
            }
            return bytes;
        }
    }

    private static JsonNode parse(byte[] json, String what) throws RefusedException {
        try {
            JsonNode read = JSON.readTree(json);
            if (!read.isMissingNode()) {
                return read;
            }
            throw badRequest(what + " must not be empty");
        } catch (JacksonException ex) {
            throw badRequest(what + " is not valid JSON: " + ex.getOriginalMessage());
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
