package com.lattestream.core.internal.wire;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads fields that the service spells in more than one way: the first spelling that is there and not null counts. */
public final class Fields {

    private Fields() {}

    /**
     * Returns a field as it is.
     * @param object where to look
     * @param spellings its names
     * @return the value; null if there is none
     */
    public static @Nullable JsonNode value(JsonNode object, String... spellings) {
        for (String spelling : spellings) {
            JsonNode value = object.path(spelling);
            if (!value.isMissingNode() && !value.isNull()) {
                return value;
            }
        }
        return null;
    }

    /**
     * Returns a field as text, which a number may be too.
     * @param object where to look
     * @param spellings its names
     * @return the text; null if there is none
     */
    public static @Nullable String text(JsonNode object, String... spellings) {
        JsonNode value = value(object, spellings);
        return value == null || value.isContainer() ? null : value.asString();
    }

    /**
     * Returns a field that is a number.
     * @param object where to look
     * @param spellings its names
     * @return the number; null if there is none, or it is no {@code int}
     */
    public static @Nullable Integer number(JsonNode object, String... spellings) {
        JsonNode value = value(object, spellings);
        return value != null && value.isNumber() && value.canConvertToInt() ? value.asInt() : null;
    }

    /**
     * Returns a field that is JSON, as a string that holds it or as it is.
     * @param object where to look
     * @param spellings its names
     * @return the string, or the value as JSON text; null if there is none
     */
    public static @Nullable String json(JsonNode object, String... spellings) {
        JsonNode value = value(object, spellings);
        if (value == null) {
            return null;
        }
        return value.isString() ? value.stringValue() : value.toString();
    }
}
