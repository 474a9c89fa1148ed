package com.lattestream.core.internal.delivery;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Entries that are sent in one request, and the lanes in which no other entry is sent until the batch is released. The
 * lists are changed under the accumulator's lock, before the batch is sent. The state of the attempts is written by the
 * thread that performs them and read by others.
 */
final class Batch {

    final List<BatchEntry> entries = new ArrayList<>();

    final List<Lane> lanes = new ArrayList<>();

    /** The number of events in all entries that were not settled when the entries were added. */
    int eventCount;

    private volatile boolean attempting;

    private volatile boolean ambiguous;

    private volatile @Nullable Throwable lastFailure;

    int size() {
        return entries.size();
    }

    void beginAttempt() {
        attempting = true;
    }

    /**
     * Ends an attempt.
     * @param failure the reason why the attempt failed; null if it succeeded or no request was sent
     * @param ambiguous whether the service may have processed the request although the attempt failed
     */
    void endAttempt(@Nullable Throwable failure, boolean ambiguous) {
        if (failure != null) {
            lastFailure = failure;
        }
        if (ambiguous) {
            this.ambiguous = true;
        }
        attempting = false;
    }

    /** Whether a request is in flight. */
    boolean isAttempting() {
        return attempting;
    }

    /** Whether the service may have processed a request whose response was not received. */
    boolean isAmbiguous() {
        return attempting || ambiguous;
    }

    /** Returns why the last attempt that failed did so; null if none has failed. */
    @Nullable Throwable lastFailure() {
        return lastFailure;
    }

    /** Adds an entry that waits, so at least one of its events is not settled. */
    void add(BatchEntry entry) {
        entries.add(entry);
        eventCount += entry.count == 1 ? 1 : entry.unsettled().size();
    }

    /** Returns the events that were not settled when the entries were added; some may be settled meanwhile. */
    List<PendingEvent> events() {
        List<PendingEvent> events = new ArrayList<>(eventCount);
        for (BatchEntry entry : entries) {
            if (entry.count == 1) {
                events.add(entry.first);
            } else {
                events.addAll(entry.unsettled());
            }
        }
        return events;
    }
}
