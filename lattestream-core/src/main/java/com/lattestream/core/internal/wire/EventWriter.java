package com.lattestream.core.internal.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
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
 * event. A writer is not {@linkplain #isReusable reusable} if its serializer has failed, or has left an object or array
 * open. Not thread-safe and not reentrant: a serializer may trigger another event, which needs another writer.
 */
final class EventWriter {

    private static final byte[] CHANNEL_FIELD = "{\"channel\":\"".getBytes(US_ASCII);

    private static final byte[] DATA_FIELD = "\",\"data\":\"".getBytes(US_ASCII);

    private static final byte[] END = "\"}".getBytes(US_ASCII);

    private final JsonMapper dataMapper;

    private final EscapedJson json = new EscapedJson();

    private final CurrentWriteContext context;

    private @Nullable JsonGenerator generator;

    private boolean reusable;

    /**
     * Creates a writer.
     * @param dataMapper writes the data of events
     */
    EventWriter(JsonMapper dataMapper) {
        this.dataMapper = dataMapper;
        this.context = new CurrentWriteContext(dataMapper._serializationContext());
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
    byte[] write(
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
        return json.toByteArray();
    }

    // a pretty printer separates the values of a generator, and Jackson closes closeable data itself
    private boolean mayReuseGenerator(@Nullable Object data) {
        return !context.hasPrettyPrinter()
                && !(data instanceof AutoCloseable && dataMapper.isEnabled(SerializationFeature.CLOSE_CLOSEABLE));
    }

    private void writeData(@Nullable Object data) {
        SerializationContextExt eventContext = dataMapper._serializationContext();
        context.use(eventContext);
        JsonGenerator used = generator();
        eventContext.serializeValue(used, data);
        if (used.streamWriteContext().inRoot()) {
            used.flush();
            reusable = true;
        } else {
            // a serializer has left an object or array open; the mapper's configuration determines whether it is closed
            used.close();
        }
    }

    private JsonGenerator generator() {
        JsonGenerator known = generator;
        if (known == null) {
            known = dataMapper.tokenStreamFactory().createGenerator(context, new DataStream());
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
