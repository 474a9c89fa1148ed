package com.lattestream.core.internal.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.ser.SerializationContextExt;

/**
 * Writes events in the format of their requests, one after the other, with the same buffer and the same generator,
 * because creating a generator for each event takes longer than writing the event. Jackson writes the data as JSON,
 * which is escaped as a string of the event while it is written to the buffer.
 *
 * <p>Events do not affect each other. Each has its own serialization context, so object ids start anew, and the
 * generator passes values that a serializer writes by itself ({@link JsonGenerator#writePOJO}) to the context of the
 * event. A writer is not {@linkplain #isReusable reusable} if a serializer has failed, has left an object or array
 * open, or has closed or configured the generator. Not thread-safe and not reentrant: a serializer may trigger another
 * event, which needs another writer.
 */
final class EventWriter {

    private static final byte[] CHANNEL_FIELD = "{\"channel\":\"".getBytes(US_ASCII);

    private static final byte[] DATA_FIELD = "\",\"data\":\"".getBytes(US_ASCII);

    private static final byte[] END = "\"}".getBytes(US_ASCII);

    private final JsonMapper dataMapper;

    private final EscapedJson json = new EscapedJson();

    private final ObjectWriteContext emptyContext;

    private final CurrentWriteContext context;

    private int initialFeatures;

    private @Nullable CharacterEscapes initialEscapes;

    private @Nullable JsonGenerator generator;

    private boolean reusable;

    /**
     * Creates a writer.
     * @param dataMapper writes the data of events
     */
    EventWriter(JsonMapper dataMapper) {
        this.dataMapper = dataMapper;
        this.emptyContext = dataMapper._serializationContext();
        this.context = new CurrentWriteContext(emptyContext);
    }

    /**
     * Writes an event.
     * @param fields the names of the fields
     * @param channels the channels
     * @param name the name of the event
     * @param excludedSocketId the connection that does not receive the event; null for none
     * @param data the data, which Jackson writes
     * @return the event as JSON
     * @throws IllegalArgumentException if the name contains a lone surrogate
     * @throws tools.jackson.core.JacksonException if the data cannot be written
     */
    byte[] write(
            FieldNames fields,
            List<String> channels,
            String name,
            @Nullable String excludedSocketId,
            @Nullable Object data) {
        reusable = false;
        begin(fields, channels, name);
        if (mayReuseGenerator(data)) {
            writeData(data);
        } else {
            dataMapper.writeValue(new DataStream(), data);
            reusable = true;
        }
        return end(fields, excludedSocketId);
    }

    /**
     * Writes an event whose data is already JSON.
     * @param fields the names of the fields
     * @param channels the channels
     * @param name the name of the event
     * @param excludedSocketId the connection that does not receive the event; null for none
     * @param data the data, as JSON in UTF-8
     * @return the event as JSON
     * @throws IllegalArgumentException if the name contains a lone surrogate
     */
    byte[] writeEncoded(
            FieldNames fields, List<String> channels, String name, @Nullable String excludedSocketId, byte[] data) {
        begin(fields, channels, name);
        json.appendEscaped(data, 0, data.length);
        reusable = true;
        return end(fields, excludedSocketId);
    }

    /** Whether the next event can be written with this writer. */
    boolean isReusable() {
        return reusable;
    }

    private void begin(FieldNames fields, List<String> channels, String name) {
        json.clear();
        json.append(CHANNEL_FIELD);
        // the names of channels contain no characters with a special meaning in JSON
        json.appendAscii(channels.size() == 1 ? channels.get(0) : String.join(",", channels));
        json.append(fields.name);
        json.appendEscaped(name);
        json.append(DATA_FIELD);
    }

    private byte[] end(FieldNames fields, @Nullable String excludedSocketId) {
        if (excludedSocketId != null) {
            json.append(fields.socketId);
            json.appendEscaped(excludedSocketId);
        }
        json.append(END);
        byte[] event = json.toByteArray();
        json.clear();
        return event;
    }

    // a pretty printer separates the values of a generator, and Jackson closes closeable data itself
    private boolean mayReuseGenerator(@Nullable Object data) {
        return !context.hasPrettyPrinter()
                && !(data instanceof AutoCloseable && dataMapper.isEnabled(SerializationFeature.CLOSE_CLOSEABLE));
    }

    private void writeData(@Nullable Object data) {
        SerializationContextExt eventContext = dataMapper._serializationContext();
        JsonGenerator used = generator();
        context.use(eventContext);
        try {
            eventContext.serializeValue(used, data);
        } finally {
            // the context of the event refers to the data
            context.use(emptyContext);
        }
        if (isUnchanged(used) && used.streamWriteContext().inRoot()) {
            used.flush();
            reusable = true;
        } else {
            // a serializer has left an object or array open, and the mapper's configuration determines whether it is
            // closed; or a serializer has closed or configured the generator, which must not affect the next event
            used.close();
        }
    }

    private boolean isUnchanged(JsonGenerator used) {
        return !used.isClosed()
                && used.streamWriteFeatures() == initialFeatures
                && used.getCharacterEscapes() == initialEscapes;
    }

    private JsonGenerator generator() {
        JsonGenerator known = generator;
        if (known == null) {
            known = dataMapper.tokenStreamFactory().createGenerator(context, new DataStream());
            initialFeatures = known.streamWriteFeatures();
            initialEscapes = known.getCharacterEscapes();
            generator = known;
        }
        return known;
    }

    /** The data of the event, as Jackson writes it. */
    private final class DataStream extends OutputStream {

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] utf8, int offset, int length) {
            json.appendEscaped(utf8, offset, length);
        }
    }

    /** The names of the fields that differ between the formats. */
    static final class FieldNames {

        private final byte[] name;

        private final byte[] socketId;

        FieldNames(EventFormat format) {
            this.name = nextField(format.nameField());
            this.socketId = nextField(format.socketIdField());
        }

        private static byte[] nextField(String name) {
            return ("\",\"" + name + "\":\"").getBytes(US_ASCII);
        }
    }
}
