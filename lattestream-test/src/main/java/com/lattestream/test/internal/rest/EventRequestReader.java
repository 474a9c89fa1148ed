package com.lattestream.test.internal.rest;

import com.lattestream.core.Event;
import com.lattestream.test.internal.channel.Limits;
import java.util.List;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads an event from JSON. The names of some fields depend on the call. */
public final class EventRequestReader {

    // browsers treat these as messages of the engine
    private static final String INTERNAL_PREFIX = "lattestream_internal:";

    private final String nameField;

    private final String socketIdField;

    private final Limits limits;

    /**
     * Creates a reader.
     * @param nameField field for the name of the event
     * @param socketIdField field for the id of the excluded connection
     * @param limits limits for events
     */
    public EventRequestReader(String nameField, String socketIdField, Limits limits) {
        this.nameField = nameField;
        this.socketIdField = socketIdField;
        this.limits = limits;
    }

    /**
     * Reads an event.
     * @param json a JSON object
     * @return the event
     * @throws RestException if the event is not valid; the message contains the reason
     */
    public Event read(JsonNode json) throws RestException {
        if (!json.isObject()) {
            throw badRequest("An event must be a JSON object");
        }
        // commas separate channels; channel names cannot contain them
        List<String> channels = List.of(text(json, "channel").split(",", -1));
        if (channels.size() > Limits.MAX_CHANNELS_OF_AN_EVENT) {
            throw badRequest("An event must go to at most " + Limits.MAX_CHANNELS_OF_AN_EVENT + " channels, not to "
                    + channels.size());
        }
        // the field is omitted for an event without data
        @Nullable String data = json.path("data").isMissingNode() ? null : text(json, "data");
        Event event = event(channels, text(json, nameField), data);
        if (!json.path(socketIdField).isMissingNode()
                && !json.path(socketIdField).isNull()) {
            event = excluding(event, text(json, socketIdField));
        }
        if (data != null && !limits.allowsPayload(data)) {
            throw new RestException(HttpStatus.PAYLOAD_TOO_LARGE_413, limits.payloadRule());
        }
        return event;
    }

    private static Event event(List<String> channels, String name, @Nullable String data) throws RestException {
        if (name.startsWith(INTERNAL_PREFIX)) {
            throw badRequest("The name of an event must not start with " + INTERNAL_PREFIX + ", which is reserved");
        }
        try {
            return Event.of(channels, name, data);
        } catch (IllegalArgumentException ex) {
            throw badRequest(String.valueOf(ex.getMessage()));
        }
    }

    private static Event excluding(Event event, String socketId) throws RestException {
        try {
            return event.excludingSocket(socketId);
        } catch (IllegalArgumentException ex) {
            throw badRequest(String.valueOf(ex.getMessage()));
        }
    }

    private static String text(JsonNode json, String field) throws RestException {
        JsonNode value = json.path(field);
        if (!value.isString()) {
            throw badRequest("The field " + field + " must be a string");
        }
        return value.stringValue();
    }

    private static RestException badRequest(String message) {
        return new RestException(HttpStatus.BAD_REQUEST_400, message);
    }
}
