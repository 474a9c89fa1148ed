package com.lattestream.core.internal.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The events whose futures are open, in the order of their numbers, and so of their deadlines. They are linked with each
 * other: each comes and goes with the delivery, and a set would cost as much as all the rest. Guarded by the lock of the
 * queue.
 */
final class Unanswered {

    private @Nullable PendingEvent first;

    private @Nullable PendingEvent last;

    @Nullable PendingEvent first() {
        return first;
    }

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

    List<PendingEvent> all(Predicate<PendingEvent> which) {
        List<PendingEvent> found = new ArrayList<>();
        for (PendingEvent event = first; event != null; event = event.after) {
            if (which.test(event)) {
                found.add(event);
            }
        }
        return found;
    }
}
