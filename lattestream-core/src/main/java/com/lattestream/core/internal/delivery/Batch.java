package com.lattestream.core.internal.delivery;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is sent together, and the lanes it holds until the answer. Changed under the lock of the queue. */
final class Batch {

    final List<QueuedEvents> content = new ArrayList<>();

    final List<Lane> lanes = new ArrayList<>();

    /** Whether a request is with the service now. */
    volatile boolean exchanging;

    /** Whether a request was sent and never answered. */
    volatile boolean ambiguous;

    /** Why an attempt failed last; null if none has. */
    volatile @Nullable Throwable lastFailure;

    int size() {
        return content.size();
    }

    List<PendingEvent> events() {
        List<PendingEvent> events = new ArrayList<>(size());
        for (QueuedEvents entry : content) {
            if (entry.count == 1) {
                events.add(entry.first);
            } else {
                events.addAll(entry.events());
            }
        }
        return events;
    }
}
