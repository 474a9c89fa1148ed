package com.lattestream.core.internal.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.lattestream.core.Event;
import com.lattestream.core.internal.validation.Quoted;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.RawValue;

/** Encodes events for their requests: the data is JSON text, which is sent as a string. Thread-safe. */
public final class EventEncoder {

    /** The maximum number of channels of an event in one request. */
    public static final int MAX_CHANNELS = 100;

    private static final EventWriter.FieldNames SINGLE = new EventWriter.FieldNames(EventFormat.SINGLE);

    private static final EventWriter.FieldNames BATCH = new EventWriter.FieldNames(EventFormat.BATCH);

    private final JsonMapper dataMapper;

    private final EventWriterPool writers;

    /**
     * Creates an encoder.
     * @param dataMapper writes the data of events, without the source of an {@link java.util.EventObject}
     */
    public EventEncoder(JsonMapper dataMapper) {
        this.dataMapper = dataMapper
                .rebuild()
                .addModules(new EventObjectModule(), new UnsupportedDataModule())
                .build();
        this.writers = new EventWriterPool(this.dataMapper);
    }

    /**
     * Whether an event has more channels than a request may contain, so that it is sent in chunks.
     * @param event the event
     * @return whether the event has more than {@value #MAX_CHANNELS} channels
     */
    public static boolean needsChunks(Event event) {
        return event.channels().size() > MAX_CHANNELS;
    }

    /**
     * Returns the number of chunks of an event.
     * @param event the event
     * @return the number of requests that contain it
     */
    public static int chunks(Event event) {
        return (event.channels().size() + MAX_CHANNELS - 1) / MAX_CHANNELS;
    }

    /**
     * Encodes an event with at most {@value #MAX_CHANNELS} channels.
     * @param event the event
     * @param format the format of its request
     * @return the event
     * @throws IllegalArgumentException if the data cannot be written as JSON
     */
    public EncodedEvent encode(Event event, EventFormat format) {
        // raw JSON may contain a lone surrogate, which Jackson does not write as UTF-8
        byte[] json = event.data() instanceof RawValue ? data(event).getBytes(UTF_8) : null;
        return encode(event, event.channels(), json, format);
    }

    /**
     * Encodes an event.
     * @param event the event
     * @param format the format of its requests
     * @return its chunks: one for every {@value #MAX_CHANNELS} channels
     * @throws IllegalArgumentException if the data cannot be written as JSON
     */
    public List<EncodedEvent> encodeChunks(Event event, EventFormat format) {
        return needsChunks(event) ? encodeChunks(event, data(event), format) : List.of(encode(event, format));
    }

    /**
     * Encodes an event whose data is already encoded.
     * @param event the event
     * @param data the data as {@link #data(Event)} writes it
     * @param format the format of its requests
     * @return its chunks: one for every {@value #MAX_CHANNELS} channels
     * @throws IllegalArgumentException if the name of the event cannot be written as JSON
     */
    public List<EncodedEvent> encodeChunks(Event event, String data, EventFormat format) {
        byte[] bytes = data.getBytes(UTF_8);
        List<String> channels = event.channels();
        List<EncodedEvent> chunks = new ArrayList<>();
        for (int start = 0; start < channels.size(); start += MAX_CHANNELS) {
            List<String> chunk = channels.subList(start, Math.min(start + MAX_CHANNELS, channels.size()));
            chunks.add(encode(event, chunk, bytes, format));
        }
        return chunks;
    }

    /** Encodes an event for some of its channels; Jackson writes the data unless it is encoded already. */
    private EncodedEvent encode(Event event, List<String> channels, byte @Nullable [] data, EventFormat format) {
        EventWriter.FieldNames fields = fieldNames(format);
        String excluded = event.excludedSocketId().orElse(null);
        EventWriter writer = writers.acquire();
        try {
            byte[] json = data == null
                    ? writer.write(fields, channels, event.name(), excluded, event.data())
                    : writer.writeEncoded(fields, channels, event.name(), excluded, data);
            return new EncodedEvent(channels, json, EventLifetime.of(event, channels));
        } catch (JacksonException ex) {
            throw unwritableData(event, ex);
        } catch (IllegalArgumentException ex) {
            throw unwritableName(event, ex);
        } finally {
            writers.release(writer);
        }
    }

    private static EventWriter.FieldNames fieldNames(EventFormat format) {
        return format == EventFormat.SINGLE ? SINGLE : BATCH;
    }

    /**
     * Writes the data of an event as subscribers receive it.
     * @param event the event
     * @return its data as JSON text
     * @throws IllegalArgumentException if the data cannot be written as JSON
     */
    public String data(Event event) {
        try {
            return Surrogates.escapeLone(dataMapper.writeValueAsString(event.data()));
        } catch (JacksonException ex) {
            throw unwritableData(event, ex);
        }
    }

    private static IllegalArgumentException unwritableName(Event event, IllegalArgumentException ex) {
        return new IllegalArgumentException(
                "Event " + Quoted.of(event.name()) + " cannot be written as JSON: " + ex.getMessage(), ex);
    }

    private static IllegalArgumentException unwritableData(Event event, JacksonException ex) {
        return new IllegalArgumentException(
                "The data of event " + Quoted.of(event.name()) + " cannot be written as JSON: "
                        + ex.getOriginalMessage(),
                ex);
    }
}
