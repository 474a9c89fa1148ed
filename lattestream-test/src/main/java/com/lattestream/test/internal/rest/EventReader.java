package com.lattestream.test.internal.rest;

import com.lattestream.core.Event;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads an event, whose fields are not called the same in every call. */
public final class EventReader {

    private final String nameField;

    private final String socketIdField;

    /**
     * Creates a reader.
     * @param nameField where the event's name is
     * @param socketIdField where the connection is that does not get it
     */
    public EventReader(String nameField, String socketIdField) {
        this.nameField = nameField;
        this.socketIdField = socketIdField;
    }

    /**
     * Reads an event.
     * @param json an object
     * @return the event
     * @throws IllegalArgumentException if it is none; the message says what is wrong
     */
    public Event read(JsonNode json) {
        if (!json.isObject()) {
            throw new IllegalArgumentException("An event must be a JSON object");
        }
        // A comma separates channels here, as in what the service is sent for several ones; it is also legal within a
        // name. The text cannot tell which is meant, so that a channel with a comma in its name is not reachable.
        List<String> channels = List.of(text(json, "channel").split(",", -1));
        Event event = Event.of(channels, text(json, nameField), text(json, "data"));
        JsonNode socketId = json.path(socketIdField);
        return socketId.isMissingNode() || socketId.isNull() ? event : event.excludingSocket(text(json, socketIdField));
    }

    private static String text(JsonNode json, String field) {
        JsonNode value = json.path(field);
        if (!value.isString()) {
            throw new IllegalArgumentException("The field " + field + " must be a string");
        }
        return value.stringValue();
    }
}
