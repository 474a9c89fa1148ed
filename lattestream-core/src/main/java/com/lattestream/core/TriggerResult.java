package com.lattestream.core;

import java.util.List;
import java.util.OptionalInt;

/**
 * What the service said of an event that it has accepted.
 *
 * @param channels the channels that the event went to; unmodifiable
 * @param triggered how many clients it reached, where the service tells; it does not for events sent in batches
 */
public record TriggerResult(List<String> channels, OptionalInt triggered) {

    /**
     * Creates a result.
     * @param channels the channels that the event went to; copied
     * @param triggered how many clients it reached, where the service tells
     */
    public TriggerResult {
        channels = List.copyOf(channels);
    }
}
