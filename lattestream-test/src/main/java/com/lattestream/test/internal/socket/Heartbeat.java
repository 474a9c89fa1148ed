package com.lattestream.test.internal.socket;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Checks connections periodically. The WebSocket implementation of a client responds to pings, and not the
 * application, so an abandoned socket of a running client stays open, while that of a client that has disappeared is
 * dropped.
 */
final class Heartbeat {

    // number of checks per timeout, so that no timeout is exceeded by more than a quarter
    private static final int ROUNDS = 4;

    private static final long MIN_INTERVAL = 1_000_000;

    private final Scheduler scheduler;

    private final long intervalNanos;

    private final Runnable round;

    /**
     * Creates a heartbeat, which is not started.
     * @param scheduler runs the checks until it is stopped
     * @param timeouts timeouts of connections
     * @param round checks all connections
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
