package com.lattestream.core.internal.delivery;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Completes the futures of events that were settled together, one after the other, where callbacks run. One that blocks
 * is overtaken: the others are completed by another thread, so that it may even wait for them.
 */
final class Handover implements Runnable {

    private static final long PATIENCE_MILLIS = 100;

    private final List<PendingEvent> events;

    private final Consumer<PendingEvent> completion;

    private final Runnable report;

    private final Runnable end;

    private final AtomicInteger next = new AtomicInteger();

    private final AtomicBoolean reported = new AtomicBoolean();

    // whether a thread is asked for that has not come yet: there is no sense in asking for another
    private final AtomicBoolean expected = new AtomicBoolean();

    private volatile boolean ended;

    private volatile @Nullable Future<?> overtaking;

    /**
     * Creates a handover.
     * @param events whose futures to complete
     * @param completion completes one
     * @param report is run once, after the futures
     * @param end is run after that, perhaps more than once, and at first perhaps before a blocked callback returns
     */
    Handover(List<PendingEvent> events, Consumer<PendingEvent> completion, Runnable report, Runnable end) {
        this.events = events;
        this.completion = completion;
        this.report = report;
        this.end = end;
    }

    void start(Executor callbacks, ScheduledExecutorService scheduler) {
        overtakeLater(callbacks, scheduler);
        ask(callbacks);
    }

    private void ask(Executor callbacks) {
        if (expected.compareAndSet(false, true)) {
            callbacks.execute(this);
        }
    }

    private void overtakeLater(Executor callbacks, ScheduledExecutorService scheduler) {
        try {
            overtaking =
                    scheduler.schedule(() -> overtake(callbacks, scheduler), PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException ex) {
            // the client is closed: nothing needs to be sent for what is left to complete
            overtaking = null;
        }
    }

    private void overtake(Executor callbacks, ScheduledExecutorService scheduler) {
        if (!ended) {
            overtakeLater(callbacks, scheduler);
            ask(callbacks);
        }
    }

    @Override
    public void run() {
        expected.set(false);
        int index = next.getAndIncrement();
        while (index < events.size()) {
            completion.accept(events.get(index));
            index = next.getAndIncrement();
        }
        if (reported.compareAndSet(false, true)) {
            report.run();
        }
        ended = true;
        Future<?> timer = overtaking;
        if (timer != null) {
            timer.cancel(false);
        }
        end.run();
    }
}
