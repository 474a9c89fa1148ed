package com.lattestream.test.internal.socket;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Asks for signs of life, four times in the time that a client may be silent. It is the client's WebSocket that answers
 * a ping, not the program above it: so a client that has forgotten a socket keeps it, and one that is gone does not.
 */
final class Heartbeat {

    private static final int ROUNDS = 4;

    private final Scheduler scheduler;

    private final long silentNanos;

    private final Consumer<Long> round;

    /**
     * Creates it without starting.
     * @param scheduler runs the rounds, as long as it is running itself
     * @param activityTimeout how long a client may be silent
     * @param round gets that time in nanoseconds
     */
    Heartbeat(Scheduler scheduler, Duration activityTimeout, Consumer<Long> round) {
        this.scheduler = scheduler;
        this.silentNanos = activityTimeout.toNanos();
        this.round = round;
    }

    void start() {
        scheduler.schedule(this::beat, Math.max(1_000_000, silentNanos / ROUNDS), TimeUnit.NANOSECONDS);
    }

    private void beat() {
        try {
            round.accept(silentNanos);
        } finally {
            start();
        }
    }
}
