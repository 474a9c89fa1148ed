package com.lattestream.core.internal.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.OutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * An event as it travels, for its data to be written into: what comes is JSON in UTF-8, and becomes a string within the
 * envelope. When all of it comes in one piece, as it does unless it is large, nothing is copied, and the bytes are as many
 * as are needed: they are kept until the event is answered. Not thread-safe.
 */
final class EventOutput extends OutputStream {

    private static final byte[] OPENING = ascii("{\"channel\":\"");

    private static final byte[] DATA_FIELD = ascii(nextField("data"));

    private static final String CLOSING = "\"}";

    private static final byte[] PLAIN_END = ascii(CLOSING);

    private static final byte[] NOTHING = {};

    // how many bytes a byte takes in a string, beyond itself
    private static final byte[] ADDED = added();

    private final FieldNames fields;

    private final String channels;

    private final String name;

    private final byte[] end;

    private byte[] json = NOTHING;

    private int at;

    /**
     * Begins an event.
     * @param fields how the fields are spelled
     * @param channels where it goes
     * @param name what it is called
     * @param socketId who does not get it; null for nobody
     * @throws IllegalArgumentException if a text holds half a surrogate pair
     */
    EventOutput(FieldNames fields, String channels, String name, @Nullable String socketId) {
        this.fields = fields;
        this.channels = bytes(channels);
        this.name = bytes(name);
        this.end = socketId == null ? PLAIN_END : (fields.socketId + bytes(socketId) + CLOSING).getBytes(ISO_8859_1);
    }

    private static byte[] added() {
        byte[] added = new byte[256];
        for (int control = 0; control < ' '; control++) {
            added[control] = 5;
        }
        for (char escaped : new char[] {'"', '\\', '\b', '\t', '\n', '\f', '\r'}) {
            added[escaped] = 1;
        }
        return added;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] utf8, int offset, int length) {
        int needed = Math.addExact(length, end.length);
        for (int i = offset; i < offset + length; i++) {
            needed += ADDED[utf8[i] & 0xff];
        }
        if (at == 0) {
            begin(needed);
        } else if (json.length - at < needed) {
            json = Arrays.copyOf(json, Math.max(Math.addExact(at, needed), json.length + json.length / 2));
        }
        putAsText(utf8, offset, length);
    }

    // with the first piece of the data, when it is known how long all of it will be
    private void begin(int needed) {
        int fieldNames = OPENING.length + fields.name.length + DATA_FIELD.length;
        json = new byte[fieldNames + channels.length() + name.length() + needed];
        put(OPENING);
        put(channels);
        put(fields.name);
        put(name);
        put(DATA_FIELD);
    }

    /**
     * Ends the event.
     * @return the bytes
     */
    byte[] finish() {
        if (at == 0) {
            begin(end.length);
        }
        put(end);
        return at == json.length ? json : Arrays.copyOf(json, at);
    }

    /** Returns what stands for a text within a JSON string: each character is one byte of it. */
    private static String bytes(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x7f || ADDED[c] > 0) {
                return new String(JsonStringEncoder.getInstance().quoteAsUTF8(text), ISO_8859_1);
            }
        }
        // as nearly all are
        return text;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }

    private static String nextField(String name) {
        return "\",\"" + name + "\":\"";
    }

    private void put(byte[] bytes) {
        System.arraycopy(bytes, 0, json, at, bytes.length);
        at += bytes.length;
    }

    private void put(String bytes) {
        for (int i = 0; i < bytes.length(); i++) {
            json[at++] = (byte) bytes.charAt(i);
        }
    }

    private void putAsText(byte[] utf8, int offset, int length) {
        byte[] to = json;
        int next = at;
        for (int i = offset; i < offset + length; i++) {
            byte b = utf8[i];
            switch (ADDED[b & 0xff]) {
                case 0 -> to[next++] = b;
                case 1 -> {
                    to[next++] = '\\';
                    to[next++] = (byte) shorthand(b);
                }
                default -> {
                    byte[] escape = ascii("\\u%04x".formatted(b));
                    System.arraycopy(escape, 0, to, next, escape.length);
                    next += escape.length;
                }
            }
        }
        at = next;
    }

    private static char shorthand(byte b) {
        return switch (b) {
            case '\b' -> 'b';
            case '\t' -> 't';
            case '\n' -> 'n';
            case '\f' -> 'f';
            case '\r' -> 'r';
            default -> (char) b;
        };
    }

    /** The spelling of the fields that have more than one. */
    static final class FieldNames {

        private final byte[] name;

        private final String socketId;

        FieldNames(EventFormat format) {
            this.name = ascii(nextField(format.nameField()));
            this.socketId = nextField(format.socketIdField());
        }
    }
}
