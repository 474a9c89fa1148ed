package com.lattestream.core;

import java.util.List;
import java.util.OptionalInt;

/**
 * The result of an event that the service has accepted.
 *
 * @param channels the channels that the event was sent to; unmodifiable
 * @param triggered the number of clients that received the event; empty for events sent in batches, and if the response
 * does not contain it
 */
public record TriggerResult(List<String> channels, OptionalInt triggered) {

    /**
     * Creates a result.
     * @param channels the channels that the event was sent to; copied
     * @param triggered the number of clients that received the event; empty if unknown
     */
    public TriggerResult {
        channels = List.copyOf(channels);
    }
}
