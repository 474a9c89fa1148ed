package com.lattestream.test;

import com.lattestream.core.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An event that was triggered, and accepted by an engine or a recording template.
 *
 * @param channels where it was sent: the channels, each once; unmodifiable
 * @param name what it is called
 * @param data its data as it came: JSON text, such as {@code {"text":"Hello"}}; {@code null} for none
 * @param excludedSocketId the connection that does not get it; null if there is none
 */
public record ReceivedEvent(
        List<String> channels,
        String name,
        String data,
        @Nullable String excludedSocketId) {

    /**
     * Copies the list.
     * @param channels where it was sent
     * @param name what it is called
     * @param data its data as it came
     * @param excludedSocketId the connection that does not get it, or null
     */
    public ReceivedEvent {
        channels = List.copyOf(channels);
    }

    /** Returns an event whose data is JSON text already, or that has none, which reads as JSON null. */
    static ReceivedEvent of(Event event) {
        return new ReceivedEvent(
                event.channels(),
                event.name(),
                String.valueOf(event.data()),
                event.excludedSocketId().orElse(null));
    }

    /**
     * Reads the data.
     * @return the data as a tree
     * @throws IllegalStateException if it is not JSON; the message shows the event
     */
    public JsonNode json() {
        return EventData.read(this, data, JsonNode.class);
    }

    /**
     * Reads the data as a type, such as a record or {@code String}.
     * @param <T> the type
     * @param type the type
     * @return the data
     * @throws IllegalStateException if it is not such; the message shows the event
     */
    public <T> T dataAs(Class<T> type) {
        return EventData.read(this, data, type);
    }
}
