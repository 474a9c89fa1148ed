package com.lattestream.core.internal.delivery;

import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs handovers where callbacks run, on as few threads as keep up: one goes from handover to handover, and others come
 * to its help when handovers have to wait. A callback that blocks is overtaken: what was settled with it is completed by
 * another thread, so that it may even wait for that. Thread-safe.
 */
final class Handovers {

    private static final Logger logger = LoggerFactory.getLogger(Handovers.class);

    // whoever blocks is seen to at the second look, at the latest after a tenth of a second
    private static final long LOOK_MILLIS = 50;

    private static final long LONG_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Executor callbacks;

    private final ScheduledExecutorService scheduler;

    private final Queue<Handover> waiting = new ConcurrentLinkedQueue<>();

    private final AtomicInteger threads = new AtomicInteger();

    private final Set<Worker> workers = ConcurrentHashMap.newKeySet();

    private final AtomicBoolean looking = new AtomicBoolean();

    Handovers(Executor callbacks, ScheduledExecutorService scheduler) {
        this.callbacks = callbacks;
        this.scheduler = scheduler;
    }

    void add(Handover handover) {
        waiting.add(handover);
        if (threads.get() == 0) {
            help();
            return;
        }
        Handover oldest = waiting.peek();
        if (oldest != null && oldest.isOlderThan(LONG_WAIT_NANOS)) {
            help();
        }
    }

    private void help() {
        threads.incrementAndGet();
        callbacks.execute(new Worker());
        lookLater();
    }

    private void lookLater() {
        if (threads.get() > 0 && looking.compareAndSet(false, true)) {
            try {
                scheduler.schedule(this::look, LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException ex) {
                // nothing needs to be sent for what is left to complete
                logger.trace("Nobody looks after callbacks any more: the client is closed", ex);
            }
        }
    }

    private void look() {
        for (Worker worker : workers) {
            Handover running = worker.running;
            if (running != null && running == worker.seen) {
                callbacks.execute(running);
                if (!waiting.isEmpty()) {
                    help();
                }
            }
            worker.seen = running;
        }
        looking.set(false);
        lookLater();
    }

    private final class Worker implements Runnable {

        private volatile @Nullable Handover running;

        // what it was at when it was last looked at; for that look alone
        private @Nullable Handover seen;

        @Override
        public void run() {
            workers.add(this);
            boolean more = true;
            while (more) {
                Handover next = waiting.poll();
                while (next != null) {
                    running = next;
                    next.run();
                    next = waiting.poll();
                }
                running = null;
                threads.decrementAndGet();
                // whoever has come in between has relied on this thread
                more = !waiting.isEmpty();
                if (more) {
                    threads.incrementAndGet();
                }
            }
            workers.remove(this);
        }
    }
}
