package com.lattestream.test.internal.socket;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Has clients asked for signs of life. It is the client's WebSocket that answers a ping, not the program above it: so a
 * client that has forgotten a socket keeps it, and one that is gone does not.
 */
final class Heartbeat {

    // in each of the timeouts, so that none is overrun by more than a quarter
    private static final int ROUNDS = 4;

    private static final long MIN_INTERVAL = 1_000_000;

    private final Scheduler scheduler;

    private final long intervalNanos;

    private final Runnable round;

    /**
     * Creates it without starting.
     * @param scheduler runs the rounds, as long as it is running itself
     * @param timeouts how long clients may be silent
     * @param round asks all of them
     */
    Heartbeat(Scheduler scheduler, SocketTimeouts timeouts, Runnable round) {
        long shortest = Math.min(timeouts.activity().toNanos(), timeouts.pong().toNanos());
        this.scheduler = scheduler;
        this.intervalNanos = Math.max(MIN_INTERVAL, shortest / ROUNDS);
        this.round = round;
    }

    void start() {
        scheduler.schedule(this::beat, intervalNanos, TimeUnit.NANOSECONDS);
    }

    private void beat() {
        try {
            round.run();
        } finally {
            start();
        }
    }
}
