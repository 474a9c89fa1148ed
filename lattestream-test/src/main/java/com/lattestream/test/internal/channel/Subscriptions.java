package com.lattestream.test.internal.channel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The channels that each connection is subscribed to. Not thread-safe. */
final class Subscriptions {

    private final Map<Subscriber, Set<String>> channels = new HashMap<>();

    int count(Subscriber subscriber) {
        return channels.getOrDefault(subscriber, Set.of()).size();
    }

    void add(Subscriber subscriber, String channel) {
        channels.computeIfAbsent(subscriber, it -> new LinkedHashSet<>()).add(channel);
    }

    void remove(Subscriber subscriber, String channel) {
        channels.computeIfPresent(subscriber, (it, names) -> {
            names.remove(channel);
            return names.isEmpty() ? null : names;
        });
    }

    /** Returns a copy of the names of the channels, in the order of subscription. */
    List<String> of(Subscriber subscriber) {
        return new ArrayList<>(channels.getOrDefault(subscriber, Set.of()));
    }
}
