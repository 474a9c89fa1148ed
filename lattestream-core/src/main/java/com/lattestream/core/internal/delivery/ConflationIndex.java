package com.lattestream.core.internal.delivery;

import com.lattestream.core.internal.wire.EventLifetime;
import com.lattestream.core.internal.wire.EventLifetime.Conflation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The newest of the conflated events that update the same value, while it is not settled. Guarded by the lock of the
 * {@link EventAccumulator}.
 *
 * <p>An event is superseded at one of two times: when a newer one is accepted and no request contains the older one, or
 * when the older one is about to be sent again although it is not the newest any more.
 */
final class ConflationIndex {

    // a stuck callback executor must not make replaced events accumulate, whose room others have taken over
    private static final int MAX_TRANSFERRED = 1_000;

    private final Map<Conflation, PendingEvent> newest = new HashMap<>();

    private int transferred;

    /** Returns the conflation of an event; null if the event is not conflated. */
    static @Nullable Conflation of(PendingEvent event) {
        EventLifetime lifetime = event.lifetime;
        return lifetime == null ? null : lifetime.conflation();
    }

    /**
     * Registers the conflated events of a call as the newest.
     * @param firstOfCall the first entry of the call, which is not enqueued yet
     * @param lanes the lanes in which the events wait
     * @return the events that they supersede; empty if there are none, or batches contain them
     */
    List<PendingEvent> supersede(BatchEntry firstOfCall, ChannelLanes lanes) {
        List<PendingEvent> superseded = new ArrayList<>();
        for (BatchEntry entry = firstOfCall; entry != null; entry = entry.nextOfCall) {
            for (PendingEvent event : entry.events()) {
                Conflation conflation = of(event);
                PendingEvent older = conflation == null ? null : waiting(newest.put(conflation, event));
                if (older != null) {
                    // otherwise a value that changes all the time would wait for a full batch again and again
                    entry.immediate |= lanes.isFlushed(older.entry);
                    superseded.add(older);
                }
            }
        }
        return superseded;
    }

    private static @Nullable PendingEvent waiting(@Nullable PendingEvent event) {
        return event == null || event.entry.batch != null ? null : event;
    }

    /** Whether a newer event is to be sent instead of this one. */
    boolean isOutdated(PendingEvent event) {
        Conflation conflation = of(event);
        PendingEvent newer = conflation == null ? null : newest.get(conflation);
        return newer != null && newer != event;
    }

    /** Removes an event that is settled. */
    void settled(PendingEvent event) {
        Conflation conflation = of(event);
        if (conflation != null) {
            newest.remove(conflation, event);
        }
    }

    /**
     * Transfers the room of an event to the newer one that will supersede it.
     * @param newer an event without room
     * @param capacity the room of events
     * @return false if it supersedes no event that waits, or is larger and there is no room for the difference
     */
    boolean transferRoom(PendingEvent newer, QueueCapacity capacity) {
        Conflation conflation = of(newer);
        PendingEvent older = conflation == null ? null : waiting(newest.get(conflation));
        if (older == null || transferred >= MAX_TRANSFERRED || !capacity.tryResize(older.size(), newer.size())) {
            return false;
        }
        older.roomTransferred = true;
        transferred++;
        return true;
    }

    /** Removes an event whose future is complete. */
    void completed(PendingEvent event) {
        if (event.roomTransferred) {
            transferred--;
        }
    }
}
