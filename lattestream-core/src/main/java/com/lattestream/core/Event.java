package com.lattestream.core;

import com.lattestream.core.internal.validation.EventName;
import com.lattestream.core.internal.wire.JsonText;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.util.RawValue;

/**
 * An event to trigger: a name and data, for the subscribers of one or more channels. Validated when it is created.
 * Immutable, provided that its data is.
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
     * Creates an event for one channel.
     * @param channel the channel: 1 to 200 characters of {@code a-z A-Z 0-9 _ - = @ . ;}
     * @param name the event's name: 1 to 200 characters, not starting with {@code lattestream:} or
     * {@code lattestream_internal:}
     * @param data the data that subscribers receive: any value that can be serialized to JSON, including null. A
     * {@code String} is written as a JSON string; for text that is already JSON, use
     * {@link #ofJson(String, String, String)}
     * @return the event
     * @throws IllegalArgumentException if the channel or the name is not valid; the message contains the value and the
     * reason
     */
    public static Event of(String channel, String name, @Nullable Object data) {
        String eventName = EventName.require(name);
        return new Event(List.of(ChannelName.require(channel)), eventName, data, null);
    }

    /**
     * Creates an event for several channels. More than 100 channels are sent in several requests.
     * @param channels at least one channel, each as in {@link #of(String, String, Object)}
     * @param name the event's name: 1 to 200 characters, not starting with {@code lattestream:} or
     * {@code lattestream_internal:}
     * @param data the data that subscribers receive: any value that can be serialized to JSON, including null
     * @return the event
     * @throws IllegalArgumentException if a channel or the name is not valid, or if there is no channel; the message
     * contains the value and the reason
     */
    public static Event of(Collection<String> channels, String name, @Nullable Object data) {
        if (channels == null || channels.isEmpty()) {
            throw new IllegalArgumentException(
                    "An event needs at least one channel; channels was " + (channels == null ? "null" : "empty"));
        }
        String eventName = EventName.require(name);
        return new Event(channels.stream().map(ChannelName::require).distinct().toList(), eventName, data, null);
    }

    /**
     * Creates an event for one channel, with data that is already JSON text. Subscribers receive the value that the
     * text represents.
     * @param channel the channel, as in {@link #of(String, String, Object)}
     * @param name the event's name, as in {@link #of(String, String, Object)}
     * @param json one JSON value, which is sent unchanged
     * @return the event
     * @throws IllegalArgumentException if a name is not valid, or the text is not JSON
     */
    public static Event ofJson(String channel, String name, String json) {
        return of(channel, name, new RawValue(JsonText.require(json)));
    }

    /**
     * Creates an event for several channels, with data that is already JSON text. Subscribers receive the value that
     * the text represents.
     * @param channels at least one channel, as in {@link #of(Collection, String, Object)}
     * @param name the event's name, as in {@link #of(Collection, String, Object)}
     * @param json one JSON value, which is sent unchanged
     * @return the event
     * @throws IllegalArgumentException if a name is not valid, there is no channel, or the text is not JSON
     */
    public static Event ofJson(Collection<String> channels, String name, String json) {
        return of(channels, name, new RawValue(JsonText.require(json)));
    }

    /**
     * Returns a copy of this event that is not sent to one connection, usually that of the user who caused the event.
     * @param socketId the id of the connection, as reported by the browser client
     * @return a new event
     * @throws IllegalArgumentException if the id is null or empty
     */
    public Event excludingSocket(String socketId) {
        return new Event(channels, name, data, SocketId.require(socketId));
    }

    /** Returns a copy of this event with data that is already JSON and is sent unchanged. */
    Event withJson(String json) {
        return new Event(channels, name, new RawValue(json), excludedSocketId);
    }

    /** Returns a copy of this event with its data as JSON text, in the form in which it is sent. */
    Event encoded(String json) {
        return new Event(channels, name, json, excludedSocketId);
    }

    /**
     * Returns the channels of this event.
     * @return the channels, each once, in the order given; unmodifiable
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
     * Returns the data that subscribers receive.
     * @return the data that was passed to the factory method
     */
    public @Nullable Object data() {
        return data;
    }

    /**
     * Returns the id of the connection that does not receive the event.
     * @return the socket id; empty if all connections receive the event
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
