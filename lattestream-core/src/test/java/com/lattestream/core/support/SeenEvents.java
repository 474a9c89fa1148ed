package com.lattestream.core.support;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The events that a service has received. The data of an event begins with its number on its channel. Thread-safe. */
public final class SeenEvents {

    private final Map<String, BitSet> channels = new HashMap<>();

    private long outOfOrder;

    private long duplicates;

    /** Adds the events of a request. */
    void see(byte[] body) {
        JsonNode batch = Vectors.JSON.readTree(body).path("batch");
        synchronized (channels) {
            for (JsonNode event : batch) {
                String data = event.path("data").stringValue();
                int number = Integer.parseInt(data.substring(1, data.indexOf(' ')));
                BitSet seen = channels.computeIfAbsent(event.path("channel").stringValue(), channel -> new BitSet());
                if (seen.get(number)) {
                    duplicates++;
                } else {
                    // the first time, it has to be the next
                    if (seen.length() > number) {
                        outOfOrder++;
                    }
                    seen.set(number);
                }
            }
        }
    }

    /** Returns the number of events that were seen at least once. */
    public long seen() {
        synchronized (channels) {
            return channels.values().stream().mapToLong(BitSet::cardinality).sum();
        }
    }

    /** Returns the number of events that were first seen after a later one of their channel. */
    public long outOfOrder() {
        synchronized (channels) {
            return outOfOrder;
        }
    }

    /** Returns how often an event was seen again. */
    public long duplicates() {
        synchronized (channels) {
            return duplicates;
        }
    }
}
