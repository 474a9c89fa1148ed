package com.lattestream.core;

import com.lattestream.core.internal.validation.EventName;
import com.lattestream.core.internal.wire.JsonText;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.util.RawValue;

/**
 * An event to trigger: a name and data, for the subscribers of one or more channels. Immutable, as far as its data is;
 * checked when it is made.
 */
public final class Event {

    private final List<String> channels;

    private final String name;

    private final @Nullable Object data;

    private final @Nullable String excludedSocketId;

    private Event(List<String> channels, String name, @Nullable Object data, @Nullable String excludedSocketId) {
        this.channels = channels;
        this.name = name;
        this.data = data;
        this.excludedSocketId = excludedSocketId;
    }

    /**
     * Makes an event for one channel.
     * @param channel the channel: 1 to 200 characters of {@code a-z A-Z 0-9 _ - = @ . ;}
     * @param name the event's name: 1 to 200 characters, not starting with {@code lattestream:} or
     * {@code lattestream_internal:}
     * @param data what subscribers get: anything that can be written as JSON, null included. A {@code String} is written as
     * a JSON string; for text that already is JSON, use {@link #ofJson(String, String, String)}
     * @return the event
     * @throws IllegalArgumentException if a name is not such; the message says which, and why
     */
    public static Event of(@Nullable String channel, @Nullable String name, @Nullable Object data) {
        String eventName = EventName.require(name);
        return new Event(List.of(ChannelName.require(channel)), eventName, data, null);
    }

    /**
     * Makes an event for several channels. More than 100 go out as several requests.
     * @param channels at least one channel, each as in {@link #of(String, String, Object)}
     * @param name the event's name: 1 to 200 characters, not starting with {@code lattestream:} or
     * {@code lattestream_internal:}
     * @param data what subscribers get: anything that can be written as JSON, null included
     * @return the event
     * @throws IllegalArgumentException if a name is not such, or there is no channel; the message says which, and why
     */
    public static Event of(@Nullable Collection<String> channels, @Nullable String name, @Nullable Object data) {
        if (channels == null || channels.isEmpty()) {
            throw new IllegalArgumentException(
                    "An event needs at least one channel; channels was " + (channels == null ? "null" : "empty"));
        }
        String eventName = EventName.require(name);
        return new Event(channels.stream().map(ChannelName::require).distinct().toList(), eventName, data, null);
    }

    /**
     * Creates an event for one channel, with data that already is JSON text. Subscribers receive the value that the text
     * represents.
     * @param channel the channel, as in {@link #of(String, String, Object)}
     * @param name the event's name, as in {@link #of(String, String, Object)}
     * @param json one JSON value, which is sent as it is
     * @return the event
     * @throws IllegalArgumentException if a name is not valid, or the text is not JSON
     */
    public static Event ofJson(@Nullable String channel, @Nullable String name, @Nullable String json) {
        return of(channel, name, new RawValue(JsonText.require(json)));
    }

    /**
     * Creates an event for several channels, with data that already is JSON text. Subscribers receive the value that the
     * text represents.
     * @param channels at least one channel, as in {@link #of(Collection, String, Object)}
     * @param name the event's name, as in {@link #of(Collection, String, Object)}
     * @param json one JSON value, which is sent as it is
     * @return the event
     * @throws IllegalArgumentException if a name is not valid, there is no channel, or the text is not JSON
     */
    public static Event ofJson(@Nullable Collection<String> channels, @Nullable String name, @Nullable String json) {
        return of(channels, name, new RawValue(JsonText.require(json)));
    }

    /**
     * Returns the same event, not to be sent to one connection: usually that of the user who caused it.
     * @param socketId the connection's id, as the browser client tells it
     * @return a new event
     * @throws IllegalArgumentException if the id is null or empty
     */
    public Event excludingSocket(@Nullable String socketId) {
        return new Event(channels, name, data, SocketId.require(socketId));
    }

    /** Returns the same event with data that is JSON already, and is written as it is. */
    Event withJson(String json) {
        return new Event(channels, name, new RawValue(json), excludedSocketId);
    }

    /** Returns the same event with its data as JSON text, in the form in which it travels. */
    Event encoded(String json) {
        return new Event(channels, name, json, excludedSocketId);
    }

    /**
     * Returns where the event goes.
     * @return the channels, each once, in the order given; unmodifiable
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
     * Returns what subscribers get.
     * @return the data, as it was given
     */
    public @Nullable Object data() {
        return data;
    }

    /**
     * Returns which connection does not get the event.
     * @return the connection's id, if there is one
     */
    public Optional<String> excludedSocketId() {
        return Optional.ofNullable(excludedSocketId);
    }

    /** Returns the channels and the name; not the data, which may be confidential. */
    @Override
    public String toString() {
        return "Event[channels=" + channels + ", name=" + name + "]";
    }
}
