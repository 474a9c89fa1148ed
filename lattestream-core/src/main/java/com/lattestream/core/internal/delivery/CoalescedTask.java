package com.lattestream.core.internal.delivery;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task that is scheduled once, however often it is requested before it starts. A request after the start schedules
 * the task again, so the task sees everything that was done before a request. Thread-safe.
 */
final class CoalescedTask {

    private static final Logger logger = LoggerFactory.getLogger(CoalescedTask.class);

    private final ScheduledExecutorService scheduler;

    private final Runnable task;

    private final AtomicBoolean scheduled = new AtomicBoolean();

    CoalescedTask(ScheduledExecutorService scheduler, Runnable task) {
        this.scheduler = scheduler;
        this.task = task;
    }

    /** Runs the task on the scheduler's thread, as soon as possible. */
    void execute() {
        // callers request the task for every event: a request that changes nothing allocates nothing
        if (claim()) {
            submit(() -> scheduler.execute(this::run));
        }
    }

    /** Runs the task on the scheduler's thread, unless it is scheduled already. */
    void schedule(long delayNanos) {
        if (claim()) {
            submit(() -> scheduler.schedule(this::run, delayNanos, TimeUnit.NANOSECONDS));
        }
    }

    private boolean claim() {
        return !scheduled.get() && scheduled.compareAndSet(false, true);
    }

    private void submit(Runnable submission) {
        try {
            submission.run();
        } catch (RejectedExecutionException ex) {
            // closing settles all events
            scheduled.set(false);
            logger.trace("The client was closed in the meantime", ex);
        }
    }

    private void run() {
        scheduled.set(false);
        task.run();
    }
}
