package com.lattestream.test;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Parses and formats the data of events, which is JSON text. */
final class EventData {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final int MAX_LENGTH = 300;

    private EventData() {}

    static <T> T read(Object event, String data, Class<T> type) {
        try {
            return JSON.readValue(data, type);
        } catch (JacksonException ex) {
            throw new IllegalStateException(
                    "The data of " + event + " cannot be read as " + type.getSimpleName() + ": "
                            + ex.getOriginalMessage(),
                    ex);
        }
    }

    /** Returns the data on one line, truncated if it is long. */
    static String truncated(String data) {
        String line = data.replaceAll("\\R", " ");
        return line.length() <= MAX_LENGTH
                ? line
                : line.substring(0, MAX_LENGTH) + "... (" + line.length() + " characters)";
    }
}
