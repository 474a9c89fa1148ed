package com.lattestream.test.internal.socket;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Parses the frames of clients. */
final class JsonFrame {

    private static final JsonMapper JSON = JsonMapper.shared();

    private JsonFrame() {}

    /** Parses a JSON object; returns null if the text is not a JSON object. */
    static @Nullable JsonNode read(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            return json.isObject() ? json : null;
        } catch (JacksonException ex) {
            return null;
        }
    }

    static String event(JsonNode frame) {
        return frame.path("event").stringValue("");
    }
}
