package com.lattestream.test;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An event received by a {@link TestSubscriber}.
 *
 * @param channel the channel; empty for a message of the engine without a channel, such as {@code lattestream:error}
 * @param name the name of the event
 * @param data the data: JSON text, such as {@code {"text":"Hello"}}; {@code null} if the event has no data
 */
public record SubscriberEvent(String channel, String name, String data) {

    /**
     * Creates an event from the data of a frame: either a string that contains JSON, as for events triggered by the
     * application, or any other JSON value.
     */
    static SubscriberEvent of(String channel, String name, JsonNode data) {
        return new SubscriberEvent(channel, name, data.isString() ? json(data.stringValue()) : text(data));
    }

    private static String text(JsonNode data) {
        return data.isMissingNode() ? "null" : data.toString();
    }

    // the data of a client event may be a string that is not JSON
    private static String json(String text) {
        try {
            JsonMapper.shared().readTree(text);
            return text.isEmpty() ? "\"\"" : text;
        } catch (JacksonException ex) {
            return JsonMapper.shared().writeValueAsString(text);
        }
    }

    /**
     * Parses the data.
     * @return the data as a tree
     */
    public JsonNode json() {
        return EventData.read(this, data, JsonNode.class);
    }

    /**
     * Reads the data as the given type, such as a record or {@code String}. (The browser client parses objects and
     * arrays as well, but passes strings and numbers to the page as JSON text: {@code "Hello"} with its quotes.)
     * @param <T> the type
     * @param type the type
     * @return the data
     * @throws IllegalStateException if the data cannot be read as the type; the message contains the event
     */
    public <T> T dataAs(Class<T> type) {
        return EventData.read(this, data, type);
    }
}
