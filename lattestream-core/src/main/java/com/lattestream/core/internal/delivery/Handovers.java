package com.lattestream.core.internal.delivery;

import com.lattestream.core.internal.ClientThread;
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
 * Runs handovers where callbacks run, on as few threads as keep up: one goes from handover to handover, and others are
 * called when it takes long over one, or when handovers have to wait. A callback that blocks is overtaken: what was
 * settled with it is completed by another thread, so that it may even wait for that. Thread-safe.
 */
final class Handovers {

    private static final Logger logger = LoggerFactory.getLogger(Handovers.class);

    // whoever blocks is seen to at the second look, at the latest after a tenth of a second
    private static final long LOOK_MILLIS = 50;

    private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Executor callbacks;

    private final ScheduledExecutorService scheduler;

    private final LongSupplier nanoTime;

    private final Queue<Handover> waiting = new ConcurrentLinkedQueue<>();

    private final Set<Worker> workers = ConcurrentHashMap.newKeySet();

    // called, and not begun yet: there is no sense in calling another
    private final AtomicBoolean called = new AtomicBoolean();

    private final AtomicBoolean looking = new AtomicBoolean();

    /**
     * Creates this.
     * @param callbacks where handovers run
     * @param scheduler looks after those that run
     * @param nanoTime tells the time, as {@link System#nanoTime} does
     */
    Handovers(Executor callbacks, ScheduledExecutorService scheduler, LongSupplier nanoTime) {
        this.callbacks = callbacks;
        this.scheduler = scheduler;
        this.nanoTime = nanoTime;
    }

    void add(Handover handover) {
        handover.added(nanoTime.getAsLong());
        waiting.add(handover);
        callWorkerIfNeeded();
    }

    private void callWorkerIfNeeded() {
        if (isWorkerNeeded() && called.compareAndSet(false, true)) {
            // first, as it is this that tries again if nobody can be called
            lookLater();
            try {
                callbacks.execute(new Worker());
            } catch (Throwable ex) {
                called.set(false);
                logger.error("No thread could be had for callbacks; it is tried again", ex);
            }
        }
    }

    private boolean isWorkerNeeded() {
        Handover oldest = waiting.peek();
        if (oldest == null || called.get()) {
            return false;
        }
        for (Worker worker : workers) {
            if (!worker.isLongAtIt()) {
                return isLongAgo(oldest.added());
            }
        }
        return true;
    }

    private boolean isLongAgo(long then) {
        return nanoTime.getAsLong() - then > LONG_NANOS;
    }

    private void lookLater() {
        if (looking.compareAndSet(false, true)) {
            try {
                scheduler.schedule(this::look, LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException ex) {
                // nothing needs to be sent for what is left to complete
                logger.trace("Nobody looks after callbacks any more: the client is closed", ex);
            }
        }
    }

    private void look() {
        try {
            for (Worker worker : workers) {
                Handover running = worker.running;
                if (running != null && running == worker.seen) {
                    running.goOnElsewhere(callbacks);
                }
                worker.seen = running;
            }
            callWorkerIfNeeded();
        } catch (Throwable ex) {
            logger.error("No thread could be had for callbacks; it is tried again", ex);
        } finally {
            looking.set(false);
            if (!workers.isEmpty() || !waiting.isEmpty()) {
                lookLater();
            }
        }
    }

    private final class Worker implements Runnable {

        private volatile @Nullable Handover running;

        private volatile long began;

        // what it was at when it was last looked at; for that look alone
        private @Nullable Handover seen;

        private boolean isLongAtIt() {
            return isLongAgo(began);
        }

        @Override
        public void run() {
            began = nanoTime.getAsLong();
            workers.add(this);
            called.set(false);
            boolean more = true;
            while (more) {
                Handover next = waiting.poll();
                if (next != null) {
                    run(next);
                    more = mayGoOn();
                } else {
                    workers.remove(this);
                    // whoever has come in between has relied on this thread
                    more = !waiting.isEmpty() && workers.add(this);
                }
            }
            workers.remove(this);
        }

        private void run(Handover next) {
            began = nanoTime.getAsLong();
            running = next;
            try {
                next.run();
            } catch (Throwable ex) {
                logger.error("Some futures may not have been completed", ex);
            } finally {
                running = null;
            }
        }

        /**
         * Tells whether this thread goes on: a thread of the client's own, which is here because nobody else could be had,
         * has other things to do, and one that was interrupted would take that to the next callback.
         */
        private boolean mayGoOn() {
            if (ClientThread.callerMayWait() && !Thread.currentThread().isInterrupted()) {
                return true;
            }
            workers.remove(this);
            try {
                scheduler.execute(Handovers.this::callWorkerIfNeeded);
                return false;
            } catch (RejectedExecutionException ex) {
                // the client is closed: there is nobody else
                workers.add(this);
                return true;
            }
        }
    }
}
