package com.lattestream.asyncapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.core.ResolvableType;

/** A channel, and the types of its events by name. */
final class ChannelContract {

    private final ChannelAddress address;

    private final Map<String, List<ResolvableType>> events = new TreeMap<>();

    ChannelContract(ChannelAddress address) {
        this.address = address;
    }

    ChannelAddress address() {
        return address;
    }

    /** Adds an event. An event of several types has data of any of them. */
    void add(String event, ResolvableType payload) {
        List<ResolvableType> types = events.computeIfAbsent(event, name -> new ArrayList<>());
        // types from different declarations are not equal
        if (types.stream().noneMatch(known -> known.toString().equals(payload.toString()))) {
            types.add(payload);
        }
    }

    /** Returns the types of the events, by name. */
    Map<String, List<ResolvableType>> events() {
        return events;
    }
}
