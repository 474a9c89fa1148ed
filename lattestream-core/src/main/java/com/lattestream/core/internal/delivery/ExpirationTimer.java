package com.lattestream.core.internal.delivery;

import com.lattestream.core.CircuitBreakerState;
import com.lattestream.core.internal.resilience.ServiceCircuitBreaker;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fails the events that are not delivered within the delivery timeout, with one timer for all of them. A second before
 * a deadline, it makes an open circuit breaker permit requests: an event must not fail because the circuit breaker has
 * not noticed that the service responds again. Thread-safe.
 */
final class ExpirationTimer {

    private static final Logger logger = LoggerFactory.getLogger(ExpirationTimer.class);

    // the time before a deadline at which requests are permitted, at most once in this time
    private static final long LAST_ATTEMPT = TimeUnit.SECONDS.toNanos(1);

    private final EventAccumulator accumulator;

    private final EventCompleter completer;

    private final SendLoop sendLoop;

    private final ServiceCircuitBreaker breaker;

    private final long firstCheck;

    private final ScheduledExecutorService scheduler;

    private final LongSupplier nanoTime;

    private final AtomicBoolean running = new AtomicBoolean();

    // used by the scheduler's thread only
    private long lastPermission;

    ExpirationTimer(
            EventAccumulator accumulator,
            EventCompleter completer,
            SendLoop sendLoop,
            ServiceCircuitBreaker breaker,
            Duration deliveryTimeout,
            ScheduledExecutorService scheduler,
            LongSupplier nanoTime) {
        this.accumulator = accumulator;
        this.completer = completer;
        this.sendLoop = sendLoop;
        this.breaker = breaker;
        this.firstCheck = Math.max(0, deliveryTimeout.toNanos() - LAST_ATTEMPT);
        this.scheduler = scheduler;
        this.nanoTime = nanoTime;
        this.lastPermission = nanoTime.getAsLong() - LAST_ATTEMPT;
    }

    /** Starts the timer unless it runs. To be called after an event was added. */
    void eventAdded() {
        if (!running.get() && running.compareAndSet(false, true)) {
            schedule(firstCheck);
        }
    }

    private void schedule(long delayNanos) {
        try {
            scheduler.schedule(this::check, delayNanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException ex) {
            // closing settles all events
            logger.trace("The client was closed in the meantime", ex);
        }
    }

    private void check() {
        completer.failExpired();
        OptionalLong next = accumulator.timeLeft(Deadlines::timeToNextTimeout);
        if (next.isEmpty()) {
            running.set(false);
            // an event that was added before that relies on this timer
            next = accumulator.timeLeft(Deadlines::timeToNextTimeout);
            if (next.isEmpty() || !running.compareAndSet(false, true)) {
                return;
            }
        }
        if (next.getAsLong() > LAST_ATTEMPT) {
            schedule(next.getAsLong() - LAST_ATTEMPT);
        } else {
            permitLastAttempt();
            schedule(next.getAsLong());
        }
        // events that have waited behind the expired ones
        sendLoop.run();
    }

    private void permitLastAttempt() {
        long now = nanoTime.getAsLong();
        if (breaker.state() == CircuitBreakerState.OPEN && now - lastPermission >= LAST_ATTEMPT) {
            lastPermission = now;
            breaker.allowProbes();
        }
    }
}
