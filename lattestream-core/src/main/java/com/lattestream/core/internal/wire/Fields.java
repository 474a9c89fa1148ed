package com.lattestream.core.internal.wire;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads fields that have several names in the responses of the service. The first field that exists and is not null is
 * used.
 */
public final class Fields {

    private Fields() {}

    /**
     * Returns a field.
     * @param object the object that contains the field
     * @param names the names of the field
     * @return the value; null if there is none
     */
    public static @Nullable JsonNode value(JsonNode object, String... names) {
        for (String name : names) {
            JsonNode value = object.path(name);
            if (!value.isMissingNode() && !value.isNull()) {
                return value;
            }
        }
        return null;
    }

    /**
     * Returns a field as text. Numbers are converted.
     * @param object the object that contains the field
     * @param names the names of the field
     * @return the text; null if there is none
     */
    public static @Nullable String text(JsonNode object, String... names) {
        JsonNode value = value(object, names);
        return value == null || value.isContainer() ? null : value.asString();
    }

    /**
     * Returns a numeric field.
     * @param object the object that contains the field
     * @param names the names of the field
     * @return the number; null if there is none, or it is not an {@code int}
     */
    public static @Nullable Integer number(JsonNode object, String... names) {
        JsonNode value = value(object, names);
        return value != null && value.isNumber() && value.canConvertToInt() ? value.asInt() : null;
    }

    /**
     * Returns a field that contains JSON, either as a string or as a JSON value.
     * @param object the object that contains the field
     * @param names the names of the field
     * @return the string, or the value as JSON text; null if there is none
     */
    public static @Nullable String json(JsonNode object, String... names) {
        JsonNode value = value(object, names);
        if (value == null) {
            return null;
        }
        return value.isString() ? value.stringValue() : value.toString();
    }
}
