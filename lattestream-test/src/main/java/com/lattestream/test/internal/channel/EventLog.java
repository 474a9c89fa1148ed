package com.lattestream.test.internal.channel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/**
 * The last events: so many, and of so much data, that memory stays bounded. Thread-safe.
 *
 * @param <T> an event
 */
public final class EventLog<T> {

    /** How long the data of all events may be together, but for the last. */
    public static final int MAX_CHARACTERS = 32_000_000;

    private final Deque<T> events = new ArrayDeque<>();

    private final int maxEvents;

    private final Function<T, String> data;

    private long characters;

    /**
     * Creates it empty.
     * @param maxEvents how many are kept
     * @param data returns the data of an event
     */
    public EventLog(int maxEvents, Function<T, String> data) {
        this.maxEvents = maxEvents;
        this.data = data;
    }

    /**
     * Adds an event, and forgets the oldest where there are too many.
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
     * Returns what is kept.
     * @return the events in the order in which they came; unmodifiable, and not updated later
     */
    public synchronized List<T> snapshot() {
        return List.copyOf(events);
    }

    /** Forgets all. */
    public synchronized void clear() {
        events.clear();
        characters = 0;
    }

    private int length(T event) {
        return data.apply(event).length();
    }
}
