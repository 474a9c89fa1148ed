package com.lattestream.core.internal.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The events whose futures are open, in the order of their numbers, and so of their deadlines. They are linked with each
 * other, so that one that is answered is gone at once, with its bytes. Guarded by the lock of the queue.
 */
final class Unanswered {

    private @Nullable PendingEvent first;

    private @Nullable PendingEvent last;

    void add(PendingEvent event) {
        event.before = last;
        if (last == null) {
            first = event;
        } else {
            last.after = event;
        }
        last = event;
    }

    /** Removes an event that may have been removed before. */
    void remove(PendingEvent event) {
        PendingEvent before = event.before;
        PendingEvent after = event.after;
        if (before == null && first != event) {
            return;
        }
        if (before == null) {
            first = after;
        } else {
            before.after = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.before = before;
        }
        event.before = null;
        event.after = null;
    }

    @Nullable PendingEvent first() {
        return first;
    }

    /** Returns the oldest of those that meet a condition; null if none does. */
    @Nullable PendingEvent first(Predicate<PendingEvent> which) {
        PendingEvent event = first;
        while (event != null && !which.test(event)) {
            event = event.after;
        }
        return event;
    }

    List<PendingEvent> all(Predicate<PendingEvent> which) {
        List<PendingEvent> found = new ArrayList<>();
        for (PendingEvent event = first; event != null; event = event.after) {
            if (which.test(event)) {
                found.add(event);
            }
        }
        return found;
    }

    /** Returns the oldest ones, up to the first that does not meet a condition. */
    List<PendingEvent> allUntilNot(Predicate<PendingEvent> which) {
        List<PendingEvent> found = new ArrayList<>();
        for (PendingEvent event = first; event != null && which.test(event); event = event.after) {
            found.add(event);
        }
        return found;
    }
}
