package com.lattestream.core.internal.delivery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The events whose futures are open, in the order of their numbers, and so of their deadlines. Those that are answered
 * are taken out when it is cheap: at the front, or when they are more than the others. Guarded by the lock of the queue.
 */
final class Unanswered {

    private static final int ANSWERED_ALLOWED = 1000;

    private final Deque<PendingEvent> events = new ArrayDeque<>();

    private int answered;

    void add(PendingEvent event) {
        events.add(event);
    }

    /** Forgets an event, which may be forgotten already. */
    void remove(PendingEvent event) {
        if (!event.answered) {
            event.answered = true;
            answered++;
        }
    }

    /** Takes out what is forgotten, after some {@linkplain #remove removals}. */
    void tidy() {
        PendingEvent first = events.peek();
        while (first != null && first.answered) {
            events.remove();
            answered--;
            first = events.peek();
        }
        if (answered > ANSWERED_ALLOWED && answered > events.size() / 2) {
            events.removeIf(event -> event.answered);
            answered = 0;
        }
    }

    /** Returns the oldest of those that meet a condition; null if none does. */
    @Nullable PendingEvent first(Predicate<PendingEvent> which) {
        for (PendingEvent event : events) {
            if (!event.answered && which.test(event)) {
                return event;
            }
        }
        return null;
    }

    @Nullable PendingEvent first() {
        return first(event -> true);
    }

    List<PendingEvent> all(Predicate<PendingEvent> which) {
        List<PendingEvent> found = new ArrayList<>();
        for (PendingEvent event : events) {
            if (!event.answered && which.test(event)) {
                found.add(event);
            }
        }
        return found;
    }

    /** Returns the oldest ones, up to the first that does not meet a condition. */
    List<PendingEvent> allUntilNot(Predicate<PendingEvent> which) {
        List<PendingEvent> found = new ArrayList<>();
        for (PendingEvent event : events) {
            if (!event.answered) {
                if (!which.test(event)) {
                    break;
                }
                found.add(event);
            }
        }
        return found;
    }
}
