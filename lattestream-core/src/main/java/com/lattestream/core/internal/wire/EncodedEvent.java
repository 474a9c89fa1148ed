package com.lattestream.core.internal.wire;

import java.util.List;

/**
 * An event, or a part of one, as it travels.
 *
 * @param channels where it goes
 * @param json the bytes
 */
public record EncodedEvent(List<String> channels, byte[] json) {}
