package com.lattestream.test.internal.channel;

import com.lattestream.core.Event;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last events: so many, and of so much data, that memory stays bounded. Not thread-safe. */
final class EventLog {

    static final int MAX_CHARACTERS = 32 * 1024 * 1024;

    private final Deque<Event> events = new ArrayDeque<>();

    private final int maxEvents;

    private long characters;

    EventLog(int maxEvents) {
        this.maxEvents = maxEvents;
    }

    void add(Event event) {
        events.addLast(event);
        characters += size(event);
        while (events.size() > maxEvents || (characters > MAX_CHARACTERS && events.size() > 1)) {
            characters -= size(events.removeFirst());
        }
    }

    List<Event> snapshot() {
        return List.copyOf(events);
    }

    void clear() {
        events.clear();
        characters = 0;
    }

    private static int size(Event event) {
        return String.valueOf(event.data()).length();
    }
}
