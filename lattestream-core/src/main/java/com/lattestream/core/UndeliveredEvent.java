package com.lattestream.core;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.util.RawValue;

/** An event that was accepted by the client and not delivered. Immutable. */
public final class UndeliveredEvent {

    private final List<String> channels;

    private final String name;

    private final String json;

    private final @Nullable String excludedSocketId;

    /**
     * Creates an undelivered event.
     * @param channels the channels of the event
     * @param name the name of the event
     * @param json the data as JSON
     * @param excludedSocketId the id of the connection that was excluded; null for none
     */
    public UndeliveredEvent(List<String> channels, String name, String json, @Nullable String excludedSocketId) {
        this.channels = List.copyOf(channels);
        this.name = name;
        this.json = json;
        this.excludedSocketId = excludedSocketId;
    }

    /**
     * Returns the channels of this event.
     * @return the channels; if the event had more than 100, only those of the chunk that was not delivered
     */
    public List<String> channels() {
        return channels;
    }

    /**
     * Returns the name of this event.
     * @return the event's name
     */
    public String name() {
        return name;
    }

    /**
     * Returns the data for subscribers.
     * @return the data as JSON, as it was sent
     */
    public String json() {
        return json;
    }

    /**
     * Returns the id of the connection that was excluded.
     * @return the socket id; empty for none
     */
    public Optional<String> excludedSocketId() {
        return Optional.ofNullable(excludedSocketId);
    }

    /**
     * Returns the event, so that it can be triggered again.
     * @return an event with the same channels, name, data and excluded connection
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
