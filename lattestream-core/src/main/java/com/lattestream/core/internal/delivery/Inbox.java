package com.lattestream.core.internal.delivery;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Entries that callers have added and that are not in a lane yet. Adding takes one compare-and-set and no lock;
 * draining is guarded by the lock of the {@link EventAccumulator}.
 *
 * <p>The entries form a stack that is linked by {@link BatchEntry#nextInInbox}. It is only ever pushed to or emptied as
 * a whole, so a thread cannot mistake one state for another (the ABA problem). Closing replaces the stack by a mark in
 * the same atomic step that empties it: an entry is either part of the last drain, or rejected.
 */
final class Inbox {

    // in the place of the newest entry
    private static final Object CLOSED = new Object();

    // a BatchEntry, the newest; null while empty
    private final AtomicReference<@Nullable Object> newest = new AtomicReference<>();

    /**
     * Adds an entry, with those that follow it in the same call.
     * @param entry the first entry of the call
     * @throws IllegalStateException if the inbox is closed; the entry was rejected
     */
    void add(BatchEntry entry) {
        while (true) {
            Object head = newest.get();
            if (head == CLOSED) {
                throw closed();
            }
            entry.nextInInbox = (BatchEntry) head;
            if (newest.compareAndSet(head, entry)) {
                return;
            }
        }
    }

    /**
     * Removes all entries.
     * @return the oldest entry, linked with the newer ones; null if there is none
     */
    @Nullable BatchEntry drain() {
        Object head = newest.get();
        return head == null || head == CLOSED ? null : oldestFirst((BatchEntry) newest.getAndSet(null));
    }

    /**
     * Removes all entries and rejects further ones.
     * @return the oldest entry, linked with the newer ones; null if there is none
     */
    @Nullable BatchEntry close() {
        Object head = newest.getAndSet(CLOSED);
        return head == CLOSED ? null : oldestFirst((BatchEntry) head);
    }

    boolean isClosed() {
        return newest.get() == CLOSED;
    }

    /**
     * Checks that further entries are accepted.
     * @throws IllegalStateException if the inbox is closed
     */
    void requireOpen() {
        if (isClosed()) {
            throw closed();
        }
    }

    private static IllegalStateException closed() {
        return new IllegalStateException("The LatteStream client is closed and accepts no more events");
    }

    private static @Nullable BatchEntry oldestFirst(@Nullable BatchEntry newestFirst) {
        BatchEntry oldest = null;
        BatchEntry entry = newestFirst;
        while (entry != null) {
            BatchEntry older = entry.nextInInbox;
            entry.nextInInbox = oldest;
            oldest = entry;
            entry = older;
        }
        return oldest;
    }
}
