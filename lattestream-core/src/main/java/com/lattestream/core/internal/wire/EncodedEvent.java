package com.lattestream.core.internal.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An encoded event, or a chunk of one.
 *
 * @param channels the channels of the event or the chunk
 * @param json the encoded bytes
 * @param lifetime when the event expires, and which events replace it; null for most events, which neither expire
 * before the delivery timeout nor are replaced
 */
public record EncodedEvent(
        List<String> channels, byte[] json, @Nullable EventLifetime lifetime) {

    /**
     * Creates an event that expires with the delivery timeout and is not replaced.
     * @param channels the channels of the event or the chunk
     * @param json the encoded bytes
     */
    public EncodedEvent(List<String> channels, byte[] json) {
        this(channels, json, null);
    }
}
