package com.lattestream.core.internal.wire;

/** Escapes lone surrogates, which JSON may contain, but UTF-8 cannot encode. */
final class Surrogates {

    private Surrogates() {}

    /** Writes lone surrogates as JSON escapes, as JavaScript's {@code JSON.stringify} does. */
    static String escapeLone(String json) {
        for (int i = 0; i < json.length(); i++) {
            if (isLone(json, i)) {
                return escapeFrom(json, i);
            }
        }
        return json;
    }

    private static String escapeFrom(String json, int first) {
        StringBuilder escaped = new StringBuilder(json.length() + 16).append(json, 0, first);
        for (int i = first; i < json.length(); i++) {
            if (isLone(json, i)) {
                escaped.append("\\u").append(Integer.toHexString(json.charAt(i)));
            } else {
                escaped.append(json.charAt(i));
            }
        }
        return escaped.toString();
    }

    private static boolean isLone(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }
}
