package com.lattestream.test.internal.channel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/**
 * Keeps the most recent events, limited by their number and by the size of their data. Thread-safe.
 *
 * @param <T> type of the events
 */
public final class EventLog<T> {

    /** Maximum size of the data of all events, in characters. The most recent event is always kept. */
    public static final int MAX_CHARACTERS = 32_000_000;

    private final Deque<T> events = new ArrayDeque<>();

    private final int maxEvents;

    private final Function<T, String> data;

    private long characters;

    /**
     * Creates an empty log.
     * @param maxEvents maximum number of events
     * @param data returns the data of an event
     */
    public EventLog(int maxEvents, Function<T, String> data) {
        this.maxEvents = maxEvents;
        this.data = data;
    }

    /**
     * Adds an event. The oldest events are removed if a limit is exceeded.
     * @param event the event
     */
    public synchronized void add(T event) {
        events.addLast(event);
        characters += length(event);
        while (events.size() > maxEvents || (characters > MAX_CHARACTERS && events.size() > 1)) {
            characters -= length(events.removeFirst());
        }
    }

    /**
     * Returns the events.
     * @return the events in the order in which they were added; an unmodifiable snapshot
     */
    public synchronized List<T> snapshot() {
        return List.copyOf(events);
    }

    /** Removes all events. */
    public synchronized void clear() {
        events.clear();
        characters = 0;
    }

    private int length(T event) {
        return data.apply(event).length();
    }
}
