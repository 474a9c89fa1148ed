package com.lattestream.core.internal.delivery;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Completes the futures of events that were settled together, one after the other. It may be run by several threads at
 * once, which share what is left.
 */
final class Handover implements Runnable {

    // an addition for each event would be one that callers and callbacks quarrel over
    private static final int RELEASED_TOGETHER = 16;

    private final List<PendingEvent> events;

    private final QueueCapacity capacity;

    private final Consumer<PendingEvent> completion;

    private final Runnable report;

    private final Runnable end;

    // set once, before others see this
    private long added;

    private final AtomicInteger next = new AtomicInteger();

    private final AtomicBoolean reported = new AtomicBoolean();

    private final AtomicBoolean asked = new AtomicBoolean();

    /**
     * Creates a handover.
     * @param events whose futures to complete
     * @param capacity where they take up room until it is their turn, or nearly so
     * @param completion completes one
     * @param report is run once, after the futures
     * @param end is run after that, perhaps more than once, and at first perhaps before a blocked callback returns
     */
    Handover(
            List<PendingEvent> events,
            QueueCapacity capacity,
            Consumer<PendingEvent> completion,
            Runnable report,
            Runnable end) {
        this.events = events;
        this.capacity = capacity;
        this.completion = completion;
        this.report = report;
        this.end = end;
    }

    void added(long nanoTime) {
        added = nanoTime;
    }

    long added() {
        return added;
    }

    /** Has another thread go on with what is left, if there is something, and nobody was asked who has not come yet. */
    void goOnElsewhere(Executor callbacks) {
        boolean left = next.get() < events.size() || !reported.get();
        if (left && asked.compareAndSet(false, true)) {
            try {
                callbacks.execute(() -> {
                    asked.set(false);
                    run();
                });
            } catch (Throwable ex) {
                asked.set(false);
                throw ex;
            }
        }
    }

    @Override
    public void run() {
        int index = next.getAndIncrement();
        while (index < events.size()) {
            if (index % RELEASED_TOGETHER == 0) {
                release(events.subList(index, Math.min(index + RELEASED_TOGETHER, events.size())));
            }
            completion.accept(events.get(index));
            index = next.getAndIncrement();
        }
        if (reported.compareAndSet(false, true)) {
            report.run();
        }
        end.run();
    }

    private void release(List<PendingEvent> these) {
        int size = 0;
        for (PendingEvent event : these) {
            size += event.size();
        }
        capacity.release(these.size(), size);
    }
}
