package com.lattestream.core;

import java.util.List;
import java.util.OptionalInt;

/**
 * The result of an event that the service has accepted, or that a newer event has superseded.
 *
 * @param channels the channels of the event; unmodifiable
 * @param triggered the number of clients that received the event; empty for events sent in batches, for superseded
 * events, and if the response does not contain it
 * @param superseded whether a newer {@linkplain Event#conflated() conflated} event has replaced this one, so that it is
 * not sent, or not sent again after a failed attempt. For an event with more than 100 channels, whether this applies to
 * at least one of its requests
 */
public record TriggerResult(List<String> channels, OptionalInt triggered, boolean superseded) {

    /**
     * Creates a result.
     * @param channels the channels of the event; copied
     * @param triggered the number of clients that received the event; empty if unknown
     * @param superseded whether a newer event has replaced this one
     */
    public TriggerResult {
        channels = List.copyOf(channels);
    }

    /**
     * Creates the result of an event that the service has accepted.
     * @param channels the channels that the event was sent to; copied
     * @param triggered the number of clients that received the event; empty if unknown
     */
    public TriggerResult(List<String> channels, OptionalInt triggered) {
        this(channels, triggered, false);
    }
}
