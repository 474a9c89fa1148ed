package com.lattestream.core.internal.delivery;

import java.util.OptionalLong;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fails the events that expire before the delivery timeout. An event may expire earlier than those that were added
 * before it, so the timer runs every {@value #MAX_DELAY_MILLIS} milliseconds while there are such events, and earlier
 * if one of them is due. The time is exact for sending: an attempt contains no event that has expired. Unlike the
 * {@link ExpirationTimer}, this timer makes no circuit breaker permit requests: with events that expire all the time, it
 * would never be closed. Thread-safe.
 */
final class ExpiryTimer {

    private static final Logger logger = LoggerFactory.getLogger(ExpiryTimer.class);

    private static final int MAX_DELAY_MILLIS = 100;

    // events that expire one shortly after the other are failed together
    private static final long MIN_DELAY = TimeUnit.MILLISECONDS.toNanos(10);

    private static final long MAX_DELAY = TimeUnit.MILLISECONDS.toNanos(MAX_DELAY_MILLIS);

    private final EventAccumulator accumulator;

    private final EventCompleter completer;

    private final SendLoop sendLoop;

    private final ScheduledExecutorService scheduler;

    private final AtomicBoolean running = new AtomicBoolean();

    ExpiryTimer(
            EventAccumulator accumulator,
            EventCompleter completer,
            SendLoop sendLoop,
            ScheduledExecutorService scheduler) {
        this.accumulator = accumulator;
        this.completer = completer;
        this.sendLoop = sendLoop;
        this.scheduler = scheduler;
    }

    /** Starts the timer unless it runs. To be called after an event with an expiry was added. */
    void eventAdded() {
        if (!running.get() && running.compareAndSet(false, true)) {
            scheduleNext(0);
        }
    }

    private void scheduleNext(long minDelay) {
        OptionalLong next = accumulator.timeLeft(Deadlines::timeToNextExpiry);
        if (next.isEmpty()) {
            running.set(false);
            // an event that was added before that relies on this timer
            next = accumulator.timeLeft(Deadlines::timeToNextExpiry);
            if (next.isEmpty() || !running.compareAndSet(false, true)) {
                return;
            }
        }
        try {
            long delay = Math.max(minDelay, Math.min(next.getAsLong(), MAX_DELAY));
            scheduler.schedule(this::check, delay, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException ex) {
            // closing settles all events
            logger.trace("The client was closed in the meantime", ex);
        }
    }

    private void check() {
        completer.failExpired();
        // events that have waited behind the expired ones
        sendLoop.run();
        scheduleNext(MIN_DELAY);
    }
}
