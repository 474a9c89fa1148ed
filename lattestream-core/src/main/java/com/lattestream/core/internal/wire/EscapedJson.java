package com.lattestream.core.internal.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * A buffer of JSON in UTF-8, to which JSON can be appended as the content of a string. Runs of bytes without special
 * characters are found and copied in words of eight bytes, because nearly all bytes are part of such runs. Not
 * thread-safe.
 */
final class EscapedJson {

    private static final int INITIAL_CAPACITY = 512;

    // the maximum capacity of a buffer that is reused
    private static final int MAX_KEPT_CAPACITY = 32 * 1024;

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101010101010101L;

    private static final long HIGH_BITS = 0x8080808080808080L;

    private byte[] bytes = new byte[INITIAL_CAPACITY];

    private int length;

    /** Removes the content. */
    void clear() {
        length = 0;
        if (bytes.length > MAX_KEPT_CAPACITY) {
            bytes = new byte[INITIAL_CAPACITY];
        }
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    void append(byte[] json) {
        ensureRoomFor(json.length);
        System.arraycopy(json, 0, bytes, length, json.length);
        length += json.length;
    }

    /** Appends ASCII text without characters that have a special meaning in JSON. */
    @SuppressWarnings("deprecation") // copies the low bytes, which is correct for ASCII and needs no temporary array
    void appendAscii(String text) {
        ensureRoomFor(text.length());
        text.getBytes(0, text.length(), bytes, length);
        length += text.length();
    }

    /**
     * Appends text as the content of a string.
     * @throws IllegalArgumentException if the text contains a lone surrogate
     */
    void appendEscaped(String text) {
        if (isPlainAscii(text)) {
            appendAscii(text);
        } else {
            append(JsonStringEncoder.getInstance().quoteAsUTF8(text));
        }
    }

    private static boolean isPlainAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c >= 0x7f || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    /** Appends JSON as the content of a string. */
    void appendEscaped(byte[] utf8, int offset, int count) {
        ensureRoomForEscaped(count);
        byte[] to = bytes;
        int next = length;
        int from = offset;
        int end = offset + count;
        while (from < end) {
            if (from <= end - Long.BYTES) {
                long word = (long) WORDS.get(utf8, from);
                // bytes that are copied after a special byte are overwritten
                WORDS.set(to, next, word);
                long special = specialBytes(word);
                int plain = special == 0 ? Long.BYTES : Long.numberOfTrailingZeros(special) / Byte.SIZE;
                from += plain;
                next += plain;
                if (special == 0) {
                    continue;
                }
            }
            byte b = utf8[from++];
            if (!isSpecial(b)) {
                to[next++] = b;
            } else if (shorthand(b) != 0) {
                to[next++] = '\\';
                to[next++] = shorthand(b);
            } else {
                // rare, because Jackson writes such an escape itself
                length = next;
                append("\\u%04x".formatted(b).getBytes(US_ASCII));
                ensureRoomForEscaped(end - from);
                to = bytes;
                next = length;
            }
        }
        length = next;
    }

    // an escape has two bytes, unless it is a Unicode escape
    private void ensureRoomForEscaped(int count) {
        ensureRoomFor(Math.addExact(Math.multiplyExact(count, 2), Long.BYTES));
    }

    /** Returns a word whose lowest set bit belongs to the first special byte; 0 if there is none. */
    private static long specialBytes(long word) {
        long quote = word ^ (ONES * '"');
        long backslash = word ^ (ONES * '\\');
        // the subtraction sets the high bit of bytes below the subtrahend; bytes above 127 are not ASCII
        return (((word - ONES * ' ') & ~word) | ((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash))
                & HIGH_BITS;
    }

    private static boolean isSpecial(byte b) {
        return b == '"' || b == '\\' || (b >= 0 && b < ' ');
    }

    private static byte shorthand(byte b) {
        return switch (b) {
            case '"', '\\' -> b;
            case '\b' -> 'b';
            case '\t' -> 't';
            case '\n' -> 'n';
            case '\f' -> 'f';
            case '\r' -> 'r';
            default -> 0;
        };
    }

    private void ensureRoomFor(int count) {
        int needed = Math.addExact(length, count);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, Math.min(bytes.length, Integer.MAX_VALUE / 2) * 2));
        }
    }
}
