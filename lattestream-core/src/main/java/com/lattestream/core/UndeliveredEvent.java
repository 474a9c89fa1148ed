package com.lattestream.core;

import java.time.Duration;
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

    private final @Nullable Duration expiry;

    private final @Nullable String conflationKey;

    /**
     * Creates an undelivered event that expired with the delivery timeout and was not conflated.
     * @param channels the channels of the event
     * @param name the name of the event
     * @param json the data as JSON
     * @param excludedSocketId the id of the connection that was excluded; null for none
     */
    public UndeliveredEvent(List<String> channels, String name, String json, @Nullable String excludedSocketId) {
        this(channels, name, json, excludedSocketId, null, null);
    }

    /**
     * Creates an undelivered event.
     * @param channels the channels of the event
     * @param name the name of the event
     * @param json the data as JSON
     * @param excludedSocketId the id of the connection that was excluded; null for none
     * @param expiry the time after which the event expired; null for the delivery timeout
     * @param conflationKey the key by which the event was conflated, empty for {@link Event#conflated()}; null if it
     * was not conflated
     */
    public UndeliveredEvent(
            List<String> channels,
            String name,
            String json,
            @Nullable String excludedSocketId,
            @Nullable Duration expiry,
            @Nullable String conflationKey) {
        this.channels = List.copyOf(channels);
        this.name = name;
        this.json = json;
        this.excludedSocketId = excludedSocketId;
        this.expiry = expiry;
        this.conflationKey = conflationKey;
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
     * Returns the time after which the event expired.
     * @return the time given to {@link Event#expiringAfter(Duration)}; empty if only the delivery timeout applied
     */
    public Optional<Duration> expiry() {
        return Optional.ofNullable(expiry);
    }

    /**
     * Returns the key by which the event was conflated.
     * @return the key, as {@link Event#conflationKey()} returns it; empty if the event was not conflated
     */
    public Optional<String> conflationKey() {
        return Optional.ofNullable(conflationKey);
    }

    /**
     * Returns the event, so that it can be triggered again. Its expiry begins again, and a conflated event counts as
     * the newest with its key: it replaces a later value that waits.
     * @return an event with the same channels, name, data, excluded connection, expiry and conflation
     */
    public Event toEvent() {
        Event event = Event.of(channels, name, new RawValue(json));
        if (excludedSocketId != null) {
            event = event.excludingSocket(excludedSocketId);
        }
        if (expiry != null) {
            event = event.expiringAfter(expiry);
        }
        if (conflationKey != null) {
            event = conflationKey.isEmpty() ? event.conflated() : event.conflatedBy(conflationKey);
        }
        return event;
    }

    /** Returns the channels and the name; not the data, which may be confidential. */
    @Override
    public String toString() {
        return "UndeliveredEvent[channels=" + channels + ", name=" + name + "]";
    }
}
