package com.lattestream.test;

import com.lattestream.core.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A triggered event that was accepted by an engine or a recording template.
 *
 * @param channels the channels that the event was sent to, without duplicates; unmodifiable
 * @param name the name of the event
 * @param data the data as received: JSON text, such as {@code {"text":"Hello"}}; {@code null} if the event has no data
 * @param excludedSocketId id of the connection that does not receive the event; null if none is excluded
 */
public record ReceivedEvent(
        List<String> channels,
        String name,
        String data,
        @Nullable String excludedSocketId) {

    /**
     * Creates an event with a copy of the list.
     * @param channels the channels that the event was sent to
     * @param name the name of the event
     * @param data the data as received
     * @param excludedSocketId id of the connection that does not receive the event, or null
     */
    public ReceivedEvent {
        channels = List.copyOf(channels);
    }

    /** Creates a received event from an event whose data is already JSON text; missing data becomes JSON null. */
    static ReceivedEvent of(Event event) {
        return new ReceivedEvent(
                event.channels(),
                event.name(),
                String.valueOf(event.data()),
                event.excludedSocketId().orElse(null));
    }

    /**
     * Parses the data.
     * @return the data as a tree
     * @throws IllegalStateException if the data is not JSON; the message contains the event
     */
    public JsonNode json() {
        return EventData.read(this, data, JsonNode.class);
    }

    /**
     * Reads the data as the given type, such as a record or {@code String}.
     * @param <T> the type
     * @param type the type
     * @return the data
     * @throws IllegalStateException if the data cannot be read as the type; the message contains the event
     */
    public <T> T dataAs(Class<T> type) {
        return EventData.read(this, data, type);
    }
}
