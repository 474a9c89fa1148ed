package com.lattestream.core.internal.wire;

import java.util.List;

/**
 * An encoded event, or a chunk of one.
 *
 * @param channels the channels of the event or the chunk
 * @param json the encoded bytes
 */
public record EncodedEvent(List<String> channels, byte[] json) {}
