package com.lattestream.core.internal.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * Writes the envelope of an event around its data, which is JSON and travels as a string: into bytes of exactly the
 * length that is needed, as every event is written once and kept until it is answered.
 */
final class EventWriter {

    private static final byte[] OPENING = "{\"channel\":\"".getBytes(US_ASCII);

    private static final byte[] DATA_FIELD = nextField("data");

    private static final byte[] CLOSING = "\"}".getBytes(US_ASCII);

    private static final byte[] NOTHING = {};

    // how many bytes a byte takes in a string, beyond itself
    private static final byte[] ADDED = added();

    private final byte[] nameField;

    private final byte[] socketIdField;

    EventWriter(EventFormat format) {
        this.nameField = nextField(format.nameField());
        this.socketIdField = nextField(format.socketIdField());
    }

    private static byte[] nextField(String name) {
        return ("\",\"" + name + "\":\"").getBytes(US_ASCII);
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

    /**
     * Writes an event.
     * @param channels where it goes
     * @param name what it is called
     * @param data its data as JSON, in UTF-8
     * @param socketId who does not get it; null for nobody
     * @return the bytes
     * @throws IllegalArgumentException if a text holds half a surrogate pair
     */
    byte[] write(List<String> channels, String name, byte[] data, @Nullable String socketId) {
        byte[] channelText = text(channels.size() == 1 ? channels.get(0) : String.join(",", channels));
        byte[] nameText = text(name);
        byte[] socketText = socketId == null ? NOTHING : text(socketId);
        byte[] socketField = socketId == null ? NOTHING : socketIdField;
        byte[] json = new byte
                [OPENING.length
                        + channelText.length
                        + nameField.length
                        + nameText.length
                        + DATA_FIELD.length
                        + lengthAsText(data)
                        + socketField.length
                        + socketText.length
                        + CLOSING.length];
        int at = put(OPENING, json, 0);
        at = put(channelText, json, at);
        at = put(nameField, json, at);
        at = put(nameText, json, at);
        at = put(DATA_FIELD, json, at);
        at = putAsText(data, json, at);
        at = put(socketField, json, at);
        at = put(socketText, json, at);
        put(CLOSING, json, at);
        return json;
    }

    // nearly all names are as plain as can be
    private static byte[] text(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x7f || ADDED[c] > 0) {
                return JsonStringEncoder.getInstance().quoteAsUTF8(text);
            }
        }
        return text.getBytes(US_ASCII);
    }

    private static int lengthAsText(byte[] utf8) {
        int length = utf8.length;
        for (byte b : utf8) {
            length += ADDED[b & 0xff];
        }
        return length;
    }

    private static int put(byte[] from, byte[] to, int at) {
        System.arraycopy(from, 0, to, at, from.length);
        return at + from.length;
    }

    private static int putAsText(byte[] utf8, byte[] to, int start) {
        int at = start;
        for (byte b : utf8) {
            switch (ADDED[b & 0xff]) {
                case 0 -> to[at++] = b;
                case 1 -> {
                    to[at++] = '\\';
                    to[at++] = (byte) shorthand(b);
                }
                default -> at = put("\\u%04x".formatted(b).getBytes(US_ASCII), to, at);
            }
        }
        return at;
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
}
