package com.lattestream.core.internal;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The time within which a client is drained and closed. Draining the queue uses a part of the time, and closing uses
 * the rest. A tenth of it, at most a second, is reserved for completing the futures of events without a response.
 * Thread-safe.
 */
public final class CloseTimeout {

    private static final Duration LONGEST_HANDOVER = Duration.ofSeconds(1);

    private final Duration total;

    private final Duration handover;

    private final LongSupplier nanoTime;

    private volatile @Nullable Drain lastDrain;

    /**
     * Creates a timeout.
     * @param total the time that draining and closing may take together
     * @param nanoTime returns the time, as {@link System#nanoTime} does
     */
    public CloseTimeout(Duration total, LongSupplier nanoTime) {
        this.total = total;
        Duration tenth = total.dividedBy(10);
        this.handover = tenth.compareTo(LONGEST_HANDOVER) > 0 ? LONGEST_HANDOVER : tenth;
        this.nanoTime = nanoTime;
    }

    /**
     * Waits for a flush, and deducts the time that it takes. A client that is used again after it was drained has the
     * whole time for the next drain.
     * @param flush the flush
     * @param scheduler runs the timer
     * @return whether the flush completed in time; never fails
     */
    public CompletableFuture<Boolean> drain(CompletableFuture<?> flush, ScheduledExecutorService scheduler) {
        Drain drain = new Drain();
        lastDrain = drain;
        try {
            ScheduledFuture<?> timer = scheduler.schedule(
                    () -> drain.end(false), total.minus(handover).toNanos(), TimeUnit.NANOSECONDS);
            flush.whenComplete((done, failure) -> {
                timer.cancel(false);
                drain.end(failure == null);
            });
        } catch (RejectedExecutionException closed) {
            drain.end(false);
        }
        return drain.result;
    }

    /**
     * Returns the whole timeout.
     * @return the time that draining and closing may take together
     */
    public Duration total() {
        return total;
    }

    /**
     * Starts the rest of the timeout.
     * @return the deadline of closing
     */
    public Deadline start() {
        Drain drain = lastDrain;
        long used = drain == null ? 0 : drain.duration();
        return new Deadline(nanoTime.getAsLong() + Math.max(0, total.toNanos() - used));
    }

    /** The end of the timeout. */
    public final class Deadline {

        private final long at;

        private Deadline(long at) {
            this.at = at;
        }

        /**
         * Returns how long closing may wait for responses of the service.
         * @return the remaining time, without the part that is kept for completing futures; not negative
         */
        public Duration timeForResponses() {
            return notNegative(timeLeft().minus(handover));
        }

        /**
         * Returns the remaining time.
         * @return the time until the deadline; not negative
         */
        public Duration timeLeft() {
            return notNegative(Duration.ofNanos(at - nanoTime.getAsLong()));
        }

        private static Duration notNegative(Duration duration) {
            return duration.isNegative() ? Duration.ZERO : duration;
        }
    }

    private final class Drain {

        private final long started = nanoTime.getAsLong();

        private final CompletableFuture<Boolean> result = new CompletableFuture<>();

        private volatile long ended;

        private volatile boolean over;

        private synchronized void end(boolean complete) {
            if (!over) {
                ended = nanoTime.getAsLong();
                over = true;
            }
            result.complete(complete);
        }

        private long duration() {
            return (over ? ended : nanoTime.getAsLong()) - started;
        }
    }
}
