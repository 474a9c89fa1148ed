package com.lattestream.core.internal.http;

import com.lattestream.core.RequestKind;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends exchanges that exceed their timeout. One timer serves all exchanges with the usual timeout: nearly all exchanges
 * end long before it, so an occasional check of all exchanges costs less than a timer for each. Thread-safe.
 *
 * <p>Every exchange is checked: an exchange is added before it starts the timer, and a timer that finds no exchange
 * first marks itself as stopped and then checks once more.
 */
final class ExchangeTimer {

    // a service without problems responds within milliseconds
    private static final Duration STALLED = Duration.ofSeconds(2);

    private static final Logger logger = LoggerFactory.getLogger(ExchangeTimer.class);

    private final Duration timeout;

    private final ScheduledExecutorService scheduler;

    // exchanges that wait for a connection, and exchanges that have one
    private final Set<Exchange> running = ConcurrentHashMap.newKeySet();

    private final AtomicBoolean scheduled = new AtomicBoolean();

    private volatile Runnable whenStalled = () -> {};

    /**
     * Creates a timer.
     * @param timeout the usual timeout, which is also the maximum
     * @param scheduler runs the checks
     */
    ExchangeTimer(Duration timeout, ScheduledExecutorService scheduler) {
        this.timeout = timeout;
        this.scheduler = scheduler;
    }

    /** Adds an exchange that is about to begin. */
    void add(Exchange exchange) {
        running.add(exchange);
        if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
            scheduleCheck(timeout.toNanos());
        }
        if (exchange.timeout().compareTo(timeout) < 0) {
            Future<?> timer = schedule(() -> end(exchange), exchange.timeout().toNanos());
            if (timer != null) {
                exchange.result().whenComplete((response, failure) -> timer.cancel(false));
            }
        }
    }

    /** Removes an exchange that has ended and has no connection. */
    void remove(Exchange exchange) {
        running.remove(exchange);
    }

    private void scheduleCheck(long nanos) {
        schedule(this::check, Math.min(nanos, STALLED.toNanos()));
    }

    private @Nullable Future<?> schedule(Runnable task, long nanos) {
        try {
            return scheduler.schedule(task, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException ex) {
            // close() ends the running exchanges
            logger.trace("The client was closed in the meantime", ex);
            return null;
        }
    }

    private void check() {
        long next = Long.MAX_VALUE;
        boolean stalled = false;
        for (Exchange exchange : running) {
            long left = exchange.timeLeft();
            if (left > 0) {
                next = Math.min(next, left);
                stalled |= exchange.kind() == RequestKind.EVENTS && exchange.age() >= STALLED.toNanos();
            } else {
                end(exchange);
            }
        }
        if (stalled) {
            whenStalled.run();
        }
        if (next == Long.MAX_VALUE) {
            scheduled.set(false);
            // an exchange that was added in the meantime depends on this timer
            if (running.isEmpty() || !scheduled.compareAndSet(false, true)) {
                return;
            }
            next = 0;
        }
        scheduleCheck(next);
    }

    private static void end(Exchange exchange) {
        try {
            exchange.endAfterTimeout();
        } catch (RuntimeException ex) {
            // continue, so that the other exchanges end in time
            logger.error("A request that exceeded its timeout could not be ended", ex);
        }
    }

    /**
     * Sets the task that is run regularly while a request with events has had no response for {@code 2} seconds.
     * @param task a task that does not block
     */
    void whenStalled(Runnable task) {
        whenStalled = task;
    }

    /**
     * Ends requests that are probably lost: they have had no response for at least {@code 2} seconds.
     * @param kind the kind of the requests
     * @param startedBefore the latest start of these requests, as of {@link System#nanoTime}
     */
    void cancelStalled(RequestKind kind, long startedBefore) {
        for (Exchange exchange : running) {
            if (exchange.kind() == kind
                    && exchange.hasStartedBefore(startedBefore)
                    && exchange.age() >= STALLED.toNanos()) {
                exchange.cancelAsLost();
            }
        }
    }

    /** Ends all requests when the client is closed. */
    void cancelAll() {
        running.forEach(Exchange::cancel);
    }
}
