package com.lattestream.core.internal.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.lattestream.core.Event;
import com.lattestream.core.internal.validation.Quoted;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.RawValue;

/** Writes events as they travel: their data is encoded once, as JSON text, and sent as a string. Thread-safe. */
public final class EventEncoder {

    /** How many channels one event of the wire may name. */
    public static final int MAX_CHANNELS = 100;

    private static final EventOutput.FieldNames SINGLE = new EventOutput.FieldNames(EventFormat.SINGLE);

    private static final EventOutput.FieldNames BATCH = new EventOutput.FieldNames(EventFormat.BATCH);

    private final JsonMapper dataMapper;

    /**
     * Creates an encoder.
     * @param dataMapper writes the data of events, without the source of an {@link java.util.EventObject}
     */
    public EventEncoder(JsonMapper dataMapper) {
        this.dataMapper = dataMapper
                .rebuild()
                .addModules(new EventObjectModule(), new UnsupportedDataModule())
                .build();
    }

    /**
     * Encodes an event.
     * @param event the event
     * @param format how it will be sent
     * @return its parts: one for every {@value #MAX_CHANNELS} channels
     * @throws IllegalArgumentException if the data cannot be written as JSON
     */
    public List<EncodedEvent> encode(Event event, EventFormat format) {
        // text that is JSON already may hold half a surrogate pair, which Jackson would refuse to write as UTF-8
        if (event.channels().size() > 1 || event.data() instanceof RawValue) {
            return encode(event, data(event), format);
        }
        EventOutput output = output(event, event.channels(), format);
        try {
            dataMapper.writeValue(output, event.data());
        } catch (JacksonException ex) {
            throw unwritable(event, ex);
        }
        return List.of(new EncodedEvent(event.channels(), output.finish()));
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
        byte[] bytes = data.getBytes(UTF_8);
        List<EncodedEvent> parts = new ArrayList<>();
        for (List<String> channels : chunks(event.channels())) {
            EventOutput output = output(event, channels, format);
            output.write(bytes, 0, bytes.length);
            parts.add(new EncodedEvent(channels, output.finish()));
        }
        return parts;
    }

    private static EventOutput output(Event event, List<String> channels, EventFormat format) {
        try {
            return new EventOutput(
                    format == EventFormat.SINGLE ? SINGLE : BATCH,
                    channels.size() == 1 ? channels.get(0) : String.join(",", channels),
                    event.name(),
                    event.excludedSocketId().orElse(null));
        } catch (IllegalArgumentException ex) {
            throw new IllegalArgumentException(
                    "Event " + Quoted.of(event.name()) + " cannot be written as JSON: " + ex.getMessage(), ex);
        }
    }

    private static List<List<String>> chunks(List<String> channels) {
        List<List<String>> chunks = new ArrayList<>();
        for (int start = 0; start < channels.size(); start += MAX_CHANNELS) {
            chunks.add(channels.subList(start, Math.min(start + MAX_CHANNELS, channels.size())));
        }
        return chunks;
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
            throw unwritable(event, ex);
        }
    }

    private static IllegalArgumentException unwritable(Event event, JacksonException ex) {
        return new IllegalArgumentException(
                "The data of event " + Quoted.of(event.name()) + " cannot be written as JSON: "
                        + ex.getOriginalMessage(),
                ex);
    }
}
