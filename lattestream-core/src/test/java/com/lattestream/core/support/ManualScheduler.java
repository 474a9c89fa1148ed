package com.lattestream.core.support;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A scheduler whose time the test advances. Tasks without a delay run immediately. */
public final class ManualScheduler extends AbstractExecutorService implements ScheduledExecutorService {

    private final List<Task<?>> tasks = new ArrayList<>();

    private long now;

    private boolean shutdown;

    /** Advances the time, and runs the tasks that become due on this thread, in order. */
    public void advance(Duration duration) {
        long until;
        synchronized (this) {
            until = now + duration.toNanos();
        }
        Task<?> next = next(until);
        while (next != null) {
            next.run();
            next = next(until);
        }
        synchronized (this) {
            now = until;
        }
    }

    /** Returns this time, as {@link System#nanoTime} does. */
    public synchronized long nanoTime() {
        return now;
    }

    /** Returns a clock that shows this time; it began on the first day of 2026. */
    public Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return Instant.parse("2026-01-01T00:00:00Z").plusNanos(nanoTime());
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException("Only the instant matters");
            }
        };
    }

    private synchronized Task<?> next(long until) {
        Task<?> next = tasks.stream()
                .filter(task -> task.at <= until)
                .min(Comparator.comparingLong(task -> task.at))
                .orElse(null);
        if (next != null) {
            tasks.remove(next);
            now = Math.max(now, next.at);
        }
        return next;
    }

    /** Returns the remaining delays of the waiting tasks, shortest first. */
    public synchronized List<Duration> pending() {
        return tasks.stream()
                .filter(task -> !task.isDone())
                .map(task -> Duration.ofNanos(task.at - now))
                .sorted()
                .toList();
    }

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    @Override
    public synchronized ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return add(new Task<>(task, now + unit.toNanos(delay)));
    }

    @Override
    public synchronized <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
        return add(new Task<>(task, now + unit.toNanos(delay)));
    }

    private <V> Task<V> add(Task<V> task) {
        tasks.add(task);
        return task;
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long first, long period, TimeUnit unit) {
        throw new UnsupportedOperationException("Nothing here is periodic");
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException("Nothing here is periodic");
    }

    @Override
    public void shutdown() {
        shutdown = true;
    }

    @Override
    public synchronized List<Runnable> shutdownNow() {
        shutdown = true;
        List<Runnable> left = List.copyOf(tasks);
        tasks.clear();
        return left;
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return shutdown;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return shutdown;
    }

    private static final class Task<V> extends FutureTask<V> implements ScheduledFuture<V> {

        private final long at;

        private Task(Runnable task, long at) {
            super(task, null);
            this.at = at;
        }

        private Task(Callable<V> task, long at) {
            super(task);
            this.at = at;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(at, TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }
}
