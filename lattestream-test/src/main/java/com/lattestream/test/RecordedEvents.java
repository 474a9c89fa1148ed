package com.lattestream.test;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last events that were triggered: 10,000 of them, or fewer if their data is long, as an engine does. Thread-safe. */
final class RecordedEvents {

    static final int MAX_EVENTS = 10_000;

    static final int MAX_CHARACTERS = 32_000_000;

    private final Deque<ReceivedEvent> events = new ArrayDeque<>();

    private long characters;

    synchronized void addAll(List<ReceivedEvent> added) {
        for (ReceivedEvent event : added) {
            events.add(event);
            characters += event.data().length();
            while (events.size() > MAX_EVENTS || (characters > MAX_CHARACTERS && events.size() > 1)) {
                characters -= events.remove().data().length();
            }
        }
    }

    synchronized List<ReceivedEvent> snapshot() {
        return List.copyOf(events);
    }

    synchronized void clear() {
        events.clear();
        characters = 0;
    }
}
