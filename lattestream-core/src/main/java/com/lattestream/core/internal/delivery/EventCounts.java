package com.lattestream.core.internal.delivery;

/**
 * The numbers of events in each state.
 *
 * @param queued the number of events that wait
 * @param inFlight the number of events in batches whose outcome is not decided
 * @param delivered the number of events that the service has accepted
 * @param failed the number of events that have failed
 * @param superseded the number of events that a newer one has replaced
 * @param batches the number of batches
 */
record EventCounts(long queued, long inFlight, long delivered, long failed, long superseded, long batches) {

    /** Returns the number of events whose outcome is not decided. */
    long undecided() {
        return queued + inFlight;
    }
}
