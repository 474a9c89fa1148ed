package com.lattestream.core;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.util.RawValue;

/** An event that was taken and not delivered. Immutable. */
public final class UndeliveredEvent {

    private final List<String> channels;

    private final String name;

    private final String json;

    private final @Nullable String excludedSocketId;

    /**
     * Creates an undelivered event.
     * @param channels where it was to go
     * @param name its name
     * @param json its data as JSON
     * @param excludedSocketId the connection that was not to get it; null for none
     */
    public UndeliveredEvent(List<String> channels, String name, String json, @Nullable String excludedSocketId) {
        this.channels = List.copyOf(channels);
        this.name = name;
        this.json = json;
        this.excludedSocketId = excludedSocketId;
    }

    /**
     * Returns where the event was to go.
     * @return the channels: all of them, or those of the part that was not delivered, if it had more than 100
     */
    public List<String> channels() {
        return channels;
    }

    /**
     * Returns what the event is called.
     * @return the event's name
     */
    public String name() {
        return name;
    }

    /**
     * Returns what subscribers were to get.
     * @return the data as JSON, as it was sent
     */
    public String json() {
        return json;
    }

    /**
     * Returns which connection was not to get the event.
     * @return the connection's id, if there is one
     */
    public Optional<String> excludedSocketId() {
        return Optional.ofNullable(excludedSocketId);
    }

    /**
     * Returns the event, to be triggered again.
     * @return an event that is sent as this one was
     */
    public Event toEvent() {
        Event event = Event.of(channels, name, new RawValue(json));
        return excludedSocketId == null ? event : event.excludingSocket(excludedSocketId);
    }

    /** Returns the channels and the name; not the data, which may be confidential. */
    @Override
    public String toString() {
        return "UndeliveredEvent[channels=" + channels + ", name=" + name + "]";
    }
}
