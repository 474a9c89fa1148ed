package com.lattestream.core.internal.delivery;

import com.lattestream.core.internal.logging.RateLimitedLogger;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Reports that requests with events fail and are retried, and that the service responds again. An interruption begins
 * with a failed attempt and ends with the next response. If it was long, it was an outage: a shorter one may concern a
 * single batch that fails while others succeed. Thread-safe.
 */
final class InterruptionLog {

    private static final Logger logger = LoggerFactory.getLogger(InterruptionLog.class);

    private static final long OUTAGE = TimeUnit.SECONDS.toNanos(5);

    private static final long LOG_INTERVAL = TimeUnit.SECONDS.toNanos(10);

    private final RateLimitedLogger interrupted =
            new RateLimitedLogger(logger, Level.WARN, "delivery_interrupted", "failed requests");

    private final RateLimitedLogger resumed =
            new RateLimitedLogger(logger, Level.INFO, "delivery_resumed", "interruptions");

    private final String client;

    private final String limit;

    private final LongSupplier waitingEvents;

    private final LongSupplier nanoTime;

    private final AtomicBoolean active = new AtomicBoolean();

    private volatile long began;

    private volatile boolean closed;

    /**
     * Creates a log.
     * @param client the name of the client
     * @param limit describes how long events are retried
     * @param waitingEvents returns the number of events that are queued or being sent
     * @param nanoTime provides the time, as {@link System#nanoTime} does
     */
    InterruptionLog(String client, String limit, LongSupplier waitingEvents, LongSupplier nanoTime) {
        this.client = client;
        this.limit = limit;
        this.waitingEvents = waitingEvents;
        this.nanoTime = nanoTime;
    }

    /** A request has failed, and is sent again after a wait. */
    void retrying(Throwable failure, Duration wait) {
        // closing cancels requests, which is not an interruption
        if (closed) {
            return;
        }
        if (active.compareAndSet(false, true)) {
            began = nanoTime.getAsLong();
        }
        interrupted.log(
                1,
                () -> "Client '" + client + "' could not deliver events: " + failure.getMessage()
                        + ". Next attempt in " + wait.toMillis() + " ms. Events are retried " + limit + "; "
                        + waitingEvents.getAsLong() + " event(s) wait");
    }

    /**
     * Records that the service has responded.
     * @return whether this ends an outage: no request has succeeded for several seconds
     */
    boolean responded() {
        if (!active.get() || !active.compareAndSet(true, false)) {
            return false;
        }
        long lasted = nanoTime.getAsLong() - began;
        if (lasted >= LOG_INTERVAL) {
            interrupted.flush();
        }
        resumed.log(
                1,
                () -> "Client '" + client + "' receives responses to events again, after an interruption of "
                        + TimeUnit.NANOSECONDS.toSeconds(lasted) + " s; " + waitingEvents.getAsLong()
                        + " event(s) wait");
        return lasted >= OUTAGE;
    }

    /** Logs the numbers that were suppressed. No lines are logged afterwards. */
    void close() {
        closed = true;
        interrupted.close();
        resumed.close();
    }
}
