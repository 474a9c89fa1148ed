package com.lattestream.core.internal.wire;

import com.lattestream.core.Event;
import com.lattestream.core.internal.validation.Quoted;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Writes events as they travel: their data is encoded once, as JSON text, and sent as a string. Thread-safe. */
public final class EventEncoder {

    /** How many channels one event of the wire may name. */
    public static final int MAX_CHANNELS = 100;

    // the envelope is the protocol's, whatever the application's mapper is told to do
    private static final JsonMapper ENVELOPE = JsonMapper.builder().build();

    private final JsonMapper dataMapper;

    /**
     * Creates an encoder.
     * @param dataMapper writes the data of events
     */
    public EventEncoder(JsonMapper dataMapper) {
        this.dataMapper = dataMapper;
    }

    /**
     * Encodes an event.
     * @param event the event
     * @param format how it will be sent
     * @return its parts: one, unless it has more channels than fit, or some whose names hold a comma
     * @throws IllegalArgumentException if the data cannot be written as JSON
     */
    public List<EncodedEvent> encode(Event event, EventFormat format) {
        return encode(event, data(event), format);
    }

    /**
     * Encodes an event whose data is encoded already.
     * @param event the event
     * @param data its data as {@link #data(Event)} writes it
     * @param format how it will be sent
     * @return its parts
     * @throws IllegalArgumentException if the event's name cannot be written as JSON
     */
    public List<EncodedEvent> encode(Event event, String data, EventFormat format) {
        if (event.channels().size() == 1) {
            return List.of(encode(event, event.channels(), data, format));
        }
        List<EncodedEvent> parts = new ArrayList<>();
        for (List<String> channels : joinable(event.channels())) {
            parts.add(encode(event, channels, data, format));
        }
        return parts;
    }

    // the names of a part are joined with commas, so that one holding a comma goes alone
    private static List<List<String>> joinable(List<String> channels) {
        List<List<String>> parts = new ArrayList<>();
        List<String> part = new ArrayList<>();
        for (String channel : channels) {
            if (channel.indexOf(',') >= 0) {
                parts.add(List.of(channel));
                continue;
            }
            part.add(channel);
            if (part.size() == MAX_CHANNELS) {
                parts.add(part);
                part = new ArrayList<>();
            }
        }
        if (!part.isEmpty()) {
            parts.add(part);
        }
        return parts;
    }

    private static EncodedEvent encode(Event event, List<String> channels, String data, EventFormat format) {
        ByteArrayOutputStream json = new ByteArrayOutputStream(data.length() + 64);
        try (JsonGenerator out = ENVELOPE.createGenerator(json)) {
            out.writeStartObject();
            out.writeStringProperty("channel", String.join(",", channels));
            out.writeStringProperty(format.nameField(), event.name());
            out.writeStringProperty("data", data);
            event.excludedSocketId().ifPresent(id -> out.writeStringProperty(format.socketIdField(), id));
            out.writeEndObject();
        } catch (JacksonException ex) {
            throw new IllegalArgumentException(
                    "Event " + Quoted.of(event.name()) + " cannot be written as JSON: " + ex.getOriginalMessage(), ex);
        }
        return new EncodedEvent(channels, json.toByteArray());
    }

    /**
     * Writes what subscribers get.
     * @param event the event
     * @return its data as JSON text
     * @throws IllegalArgumentException if the data cannot be written as JSON
     */
    public String data(Event event) {
        try {
            return Surrogates.escapeLone(dataMapper.writeValueAsString(event.data()));
        } catch (JacksonException ex) {
            throw new IllegalArgumentException(
                    "The data of event " + Quoted.of(event.name()) + " cannot be written as JSON: "
                            + ex.getOriginalMessage(),
                    ex);
        }
    }
}
