package com.lattestream.core.internal.delivery;

import com.lattestream.core.internal.CurrentThread;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs completion tasks on the callback executor, with as few threads as possible: a worker runs one task after the
 * other, and another worker is requested only if a task takes long or waits for long. If a callback blocks, another
 * thread completes the remaining events of its task, so a callback may wait for any other event. Thread-safe.
 *
 * <p>State: {@code waiting} holds the tasks that no worker has started, {@code workers} the threads that run tasks.
 * {@code workerRequested} is set from the request of a worker to its start, so only one worker is
 * requested from an executor that does not run tasks.
 *
 * <p>Every task is run: {@link #dispatch} adds a task before it looks for a worker, and a worker that finds no task
 * first removes itself from {@code workers} and then checks once more. So either the worker sees the task, or
 * {@code dispatch} sees that there is no worker. All other cases, such as a worker that is stalled and an executor that
 * rejects a task, are repaired by the stall check, which runs as long as there are tasks or workers.
 */
final class CompletionDispatcher {

    private static final Logger logger = LoggerFactory.getLogger(CompletionDispatcher.class);

    // a callback that blocks is noticed by the second check
    private static final long STALL_CHECK_MILLIS = 50;

    private static final long STALL_THRESHOLD = TimeUnit.MILLISECONDS.toNanos(1);

    private final Executor callbacks;

    private final ScheduledExecutorService scheduler;

    private final LongSupplier nanoTime;

    private final Queue<CompletionTask> waiting = new ConcurrentLinkedQueue<>();

    private final Set<Worker> workers = ConcurrentHashMap.newKeySet();

    private final AtomicBoolean workerRequested = new AtomicBoolean();

    private final AtomicBoolean stallCheckScheduled = new AtomicBoolean();

    /**
     * Creates a dispatcher.
     * @param callbacks runs the tasks
     * @param scheduler runs the stall check
     * @param nanoTime provides the time, as {@link System#nanoTime} does
     */
    CompletionDispatcher(Executor callbacks, ScheduledExecutorService scheduler, LongSupplier nanoTime) {
        this.callbacks = callbacks;
        this.scheduler = scheduler;
        this.nanoTime = nanoTime;
    }

    void dispatch(CompletionTask task) {
        task.dispatchedAt(nanoTime.getAsLong());
        waiting.add(task);
        requestWorkerIfNeeded();
    }

    private void requestWorkerIfNeeded() {
        if (isWorkerNeeded() && workerRequested.compareAndSet(false, true)) {
            // first, because the check requests a worker again if this fails
            scheduleStallCheck();
            try {
                callbacks.execute(new Worker());
            } catch (Throwable ex) {
                workerRequested.set(false);
                logger.error(
                        "The callback executor rejected a task, so futures complete late. The client tries again. Check the executor and the limit of threads",
                        ex);
            }
        }
    }

    private boolean isWorkerNeeded() {
        CompletionTask oldest = waiting.peek();
        if (oldest == null || workerRequested.get()) {
            return false;
        }
        for (Worker worker : workers) {
            if (!worker.isStalled()) {
                return isLongAgo(oldest.dispatchedAt());
            }
        }
        return true;
    }

    private boolean isLongAgo(long then) {
        return nanoTime.getAsLong() - then > STALL_THRESHOLD;
    }

    private void scheduleStallCheck() {
        if (stallCheckScheduled.compareAndSet(false, true)) {
            try {
                scheduler.schedule(this::checkStalledWorkers, STALL_CHECK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException ex) {
                // closing completes the remaining futures
                logger.trace("The client was closed in the meantime", ex);
            }
        }
    }

    private void checkStalledWorkers() {
        try {
            for (Worker worker : workers) {
                CompletionTask running = worker.running;
                if (running != null && running == worker.lastSeen) {
                    running.resumeOnAnotherThread(callbacks);
                }
                worker.lastSeen = running;
            }
            requestWorkerIfNeeded();
        } catch (Throwable ex) {
            logger.error(
                    "The callback executor rejected a task, so futures complete late. The client tries again. Check the executor and the limit of threads",
                    ex);
        } finally {
            stallCheckScheduled.set(false);
            if (!workers.isEmpty() || !waiting.isEmpty()) {
                scheduleStallCheck();
            }
        }
    }

    private final class Worker implements Runnable {

        private volatile @Nullable CompletionTask running;

        private volatile long startedAt;

        // the task at the last stall check; used by the check only
        private @Nullable CompletionTask lastSeen;

        private boolean isStalled() {
            return isLongAgo(startedAt);
        }

        @Override
        public void run() {
            startedAt = nanoTime.getAsLong();
            workers.add(this);
            workerRequested.set(false);
            boolean more = true;
            while (more) {
                CompletionTask next = waiting.poll();
                if (next != null) {
                    run(next);
                    more = canContinue();
                } else {
                    workers.remove(this);
                    // a task that was added in between relies on this thread
                    more = !waiting.isEmpty() && workers.add(this);
                }
            }
            workers.remove(this);
        }

        private void run(CompletionTask next) {
            startedAt = nanoTime.getAsLong();
            running = next;
            try {
                next.run();
            } catch (Throwable ex) {
                logger.error("A completion task failed; some futures may not be complete", ex);
            } finally {
                running = null;
            }
        }

        /**
         * Whether this thread runs another task. A thread of the client, which is here because the executor has
         * rejected the task, has other work, and the callbacks of the next task must not see an interrupt of this one.
         */
        private boolean canContinue() {
            if (!CurrentThread.isClientThread() && !Thread.currentThread().isInterrupted()) {
                return true;
            }
            workers.remove(this);
            try {
                scheduler.execute(CompletionDispatcher.this::requestWorkerIfNeeded);
                return false;
            } catch (RejectedExecutionException ex) {
                // the client is closed: no other thread completes the futures
                workers.add(this);
                return true;
            }
        }
    }
}
