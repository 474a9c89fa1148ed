package com.lattestream.test;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event that the engine has accepted.
 *
 * @param channels where it was sent: the channels, each once; unmodifiable
 * @param name what it is called
 * @param data its data as it came: JSON text, such as {@code {"text":"Hello"}}
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
}
