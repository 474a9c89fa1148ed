package com.lattestream.core.internal.delivery;

/** Counts events by their state. Guarded by the lock of the {@link EventAccumulator}. */
final class EventTally {

    private long queued;

    private long inFlight;

    private long delivered;

    private long failed;

    private long superseded;

    private long batches;

    void enqueued(int events) {
        queued += events;
    }

    void sent(Batch batch) {
        batches++;
        queued -= batch.eventCount;
        inFlight += batch.eventCount;
    }

    void settled(PendingEvent event, Outcome outcome) {
        if (event.entry.batch != null) {
            inFlight--;
        } else {
            queued--;
        }
        switch (outcome) {
            case DELIVERED -> delivered++;
            case FAILED -> failed++;
            case SUPERSEDED -> superseded++;
        }
    }

    EventCounts counts() {
        return new EventCounts(queued, inFlight, delivered, failed, superseded, batches);
    }
}
