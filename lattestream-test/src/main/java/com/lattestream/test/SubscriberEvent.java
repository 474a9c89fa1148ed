package com.lattestream.test;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An event that has reached a {@link TestSubscriber}.
 *
 * @param channel where; empty for what the engine says of no channel, such as {@code lattestream:error}
 * @param name what it is called
 * @param data its data: JSON text, such as {@code {"text":"Hello"}}; {@code null} for none
 */
public record SubscriberEvent(String channel, String name, String data) {

    /** Takes what a frame holds: text that is JSON, as events triggered by the application have it, or any JSON. */
    static SubscriberEvent of(String channel, String name, JsonNode data) {
        return new SubscriberEvent(channel, name, data.isString() ? json(data.stringValue()) : text(data));
    }

    private static String text(JsonNode data) {
        return data.isMissingNode() ? "null" : data.toString();
    }

    // what one client sends to another may also be a text that is no JSON
    private static String json(String text) {
        try {
            JsonMapper.shared().readTree(text);
            return text.isEmpty() ? "\"\"" : text;
        } catch (JacksonException ex) {
            return JsonMapper.shared().writeValueAsString(text);
        }
    }

    /**
     * Reads the data.
     * @return the data as a tree
     */
    public JsonNode json() {
        return EventData.read(this, data, JsonNode.class);
    }

    /**
     * Reads the data as a type, such as a record or {@code String}. (A browser gets objects and arrays read as well, but
     * texts, numbers and the like as the JSON text that they travel as: {@code "Hello"} with its quotes.)
     * @param <T> the type
     * @param type the type
     * @return the data
     * @throws IllegalStateException if it is not such; the message shows the event
     */
    public <T> T dataAs(Class<T> type) {
        return EventData.read(this, data, type);
    }
}
