package com.lattestream.core.internal.validation;

import com.lattestream.core.crypto.LatteStreamSecret;
import org.jspecify.annotations.Nullable;

/** Formats values for error messages: in quotes, short, on one line, without secrets. */
public final class Quoted {

    private static final int MAX_SHOWN = 60;

    private Quoted() {}

    /**
     * Formats a value from an external source.
     * @param value the value
     * @return the value in quotes, control characters escaped, truncated if it is long; {@code null} without quotes
     */
    public static String of(@Nullable String value) {
        return value == null ? "null" : "'" + text(value, MAX_SHOWN) + "'";
    }

    /**
     * Formats a text from an external source, without quotes.
     * @param text the text
     * @param maxShown the maximum number of UTF-16 units to show
     * @return the text on one line, secrets masked, control characters escaped, truncated with an ellipsis if it is
     * longer
     */
    public static String text(String text, int maxShown) {
        String masked = LatteStreamSecret.mask(text);
        int length = Math.min(masked.length(), maxShown);
        StringBuilder shown = new StringBuilder(length + 3);
        for (int i = 0; i < length; i++) {
            char c = masked.charAt(i);
            if (Character.isISOControl(c) || Character.isSurrogate(c) || c == '\u2028' || c == '\u2029') {
                shown.append(String.format("\\u%04x", (int) c));
            } else {
                shown.append(c);
            }
        }
        return length < masked.length() ? shown.append("...").toString() : shown.toString();
    }
}
