package com.lattestream.core;

import com.lattestream.core.internal.validation.EventName;
import com.lattestream.core.internal.wire.JsonText;
import java.time.Duration;
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

    // null for most events, which need no object for it
    private final @Nullable Freshness freshness;

    private Event(
            List<String> channels,
            String name,
            @Nullable Object data,
            @Nullable String excludedSocketId,
            @Nullable Freshness freshness) {
        this.channels = channels;
        this.name = name;
        this.data = data;
        this.excludedSocketId = excludedSocketId;
        this.freshness = freshness;
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
        return new Event(List.of(ChannelName.require(channel)), eventName, data, null, null);
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
        return new Event(channels.stream().map(ChannelName::require).distinct().toList(), eventName, data, null, null);
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
        return new Event(channels, name, data, SocketId.require(socketId), freshness);
    }

    /**
     * Returns a copy of this event that is only useful for some time, such as a price or a position. The time begins
     * when the client accepts the event. An event that has not been delivered when it ends is not sent, or not sent
     * again, and fails with a {@link LatteStreamTimeoutException}. The delivery timeout of the client applies as well:
     * the shorter of both times counts, so an expiry cannot make the client retry an event for longer.
     * @param expiry longer than zero, at most 365 days; by default, the event expires with the delivery timeout
     * @return a new event
     * @throws IllegalArgumentException if the expiry is null, zero, negative, or longer than 365 days; the message
     * contains the value and the reason
     * @see LatteStreamClientBuilder#deliveryTimeout(Duration)
     */
    public Event expiringAfter(Duration expiry) {
        return new Event(channels, name, data, excludedSocketId, Freshness.expiringAfter(expiry, name, freshness));
    }

    /**
     * Returns a copy of this event that a newer one may replace while it waits to be sent: subscribers receive the
     * latest value, and not necessarily the values before it. The newer event must be conflated as well, and have the
     * same channels in the same order, the same name and the same excluded connection. It is sent in its own place,
     * behind the events that were triggered before it. The future of the replaced event completes with a
     * {@linkplain TriggerResult#superseded() superseded} result.
     *
     * <p>An event is not replaced while a request with it is in progress. If that request fails, a newer event that
     * waits replaces it before the retry.
     * @return a new event
     */
    public Event conflated() {
        return new Event(channels, name, data, excludedSocketId, Freshness.conflatedBy("", freshness));
    }

    /**
     * Returns a copy of this event that a newer one with the same key may replace while it waits to be sent, as with
     * {@link #conflated()}. Events with different keys do not replace each other.
     * @param key identifies the value that the event updates, such as the symbol of a price: 1 to 200 characters
     * @return a new event
     * @throws IllegalArgumentException if the key is null, empty, or too long; the message contains the value and the
     * reason
     */
    public Event conflatedBy(String key) {
        String checked = Freshness.requireKey(key, name);
        return new Event(channels, name, data, excludedSocketId, Freshness.conflatedBy(checked, freshness));
    }

    /** Returns a copy of this event with data that is already JSON and is sent unchanged. */
    Event withJson(String json) {
        return new Event(channels, name, new RawValue(json), excludedSocketId, freshness);
    }

    /** Returns a copy of this event with its data as JSON text, in the form in which it is sent. */
    Event encoded(String json) {
        return new Event(channels, name, json, excludedSocketId, freshness);
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

    /**
     * Returns the time after which this event expires.
     * @return the time given to {@link #expiringAfter(Duration)}; empty if only the delivery timeout applies
     */
    public Optional<Duration> expiry() {
        return freshness == null ? Optional.empty() : Optional.ofNullable(freshness.expiry());
    }

    /**
     * Returns the key by which this event is conflated.
     * @return the key given to {@link #conflatedBy(String)}; an empty text for {@link #conflated()}; empty if no event
     * replaces this one
     */
    public Optional<String> conflationKey() {
        return freshness == null ? Optional.empty() : Optional.ofNullable(freshness.conflationKey());
    }

    /** Returns the channels and the name; not the data, which may be confidential. */
    @Override
    public String toString() {
        return "Event[channels=" + channels + ", name=" + name + "]";
    }
}
