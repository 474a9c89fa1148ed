package com.lattestream.core.internal.delivery;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Completes the futures of events that were settled together, one after the other. If a callback blocks, another thread
 * runs the same task and continues with the remaining events.
 */
final class CompletionTask implements Runnable {

    // callers and this task would contend for the counter if each event were released on its own
    private static final int RELEASE_BATCH = 64;

    private final List<PendingEvent> events;

    private final QueueCapacity capacity;

    private final Consumer<PendingEvent> completion;

    private final Runnable report;

    private final Runnable removal;

    // set before other threads see the task
    private long dispatchedAt;

    private final AtomicInteger next = new AtomicInteger();

    private final AtomicBoolean reported = new AtomicBoolean();

    private final AtomicBoolean resuming = new AtomicBoolean();

    /**
     * Creates a task.
     * @param events the events, in the order of completion
     * @param capacity the room of the events, which is released shortly before their futures complete
     * @param completion completes the future of one event
     * @param report runs once, after the last future
     * @param removal runs after the report; it may run more than once, and before a callback that blocks returns
     */
    CompletionTask(
            List<PendingEvent> events,
            QueueCapacity capacity,
            Consumer<PendingEvent> completion,
            Runnable report,
            Runnable removal) {
        this.events = events;
        this.capacity = capacity;
        this.completion = completion;
        this.report = report;
        this.removal = removal;
    }

    void dispatchedAt(long nanoTime) {
        dispatchedAt = nanoTime;
    }

    long dispatchedAt() {
        return dispatchedAt;
    }

    /**
     * Continues on another thread, unless all events are completed or a thread was requested that has not started yet.
     */
    void resumeOnAnotherThread(Executor callbacks) {
        boolean left = next.get() < events.size() || !reported.get();
        if (left && resuming.compareAndSet(false, true)) {
            try {
                callbacks.execute(() -> {
                    resuming.set(false);
                    run();
                });
            } catch (Throwable ex) {
                resuming.set(false);
                throw ex;
            }
        }
    }

    @Override
    public void run() {
        int index = next.getAndIncrement();
        while (index < events.size()) {
            if (index % RELEASE_BATCH == 0) {
                release(events.subList(index, Math.min(index + RELEASE_BATCH, events.size())));
            }
            completion.accept(events.get(index));
            index = next.getAndIncrement();
        }
        if (reported.compareAndSet(false, true)) {
            report.run();
        }
        removal.run();
    }

    private void release(List<PendingEvent> chunk) {
        int count = 0;
        int size = 0;
        for (PendingEvent event : chunk) {
            if (!event.roomTransferred) {
                count++;
                size += event.size();
            }
        }
        capacity.release(count, size);
    }
}
