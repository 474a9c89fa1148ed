package com.lattestream.samples.benchmark.measure;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Starts a call at a fixed rate from the current thread, whether or not earlier calls have completed. */
public final class FixedRate {

    // parking alone wakes up some 60 microseconds late, which would count as latency; spinning alone would occupy a
    // core that the contestants need
    private static final long SPIN_NANOS = 100_000;

    private final Call call;

    private final long period;

    private int number;

    /**
     * Creates a source of calls.
     * @param call the call
     * @param callsPerSecond the rate
     */
    public FixedRate(Call call, int callsPerSecond) {
        this.call = call;
        this.period = TimeUnit.SECONDS.toNanos(1) / callsPerSecond;
    }

    /**
     * Starts calls, and waits for the last response.
     * @param duration the duration
     * @return nanoseconds from the scheduled time of each call to its response
     * @throws IllegalStateException if a call has failed, or has no response within a minute
     */
    public Histogram run(Duration duration) throws InterruptedException {
        int calls = (int) Math.max(1, duration.toNanos() / period);
        Run run = new Run(calls);
        long due = System.nanoTime() + period;
        for (int i = 0; i < calls; i++) {
            awaitTime(due);
            long started = due;
            call.make(number++).whenComplete((response, failure) -> run.ended(started, failure));
            due += period;
        }
        return run.result();
    }

    private static void awaitTime(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            if (left > SPIN_NANOS) {
                LockSupport.parkNanos(left - SPIN_NANOS);
            } else {
                Thread.onSpinWait();
            }
        }
    }

    private static final class Run {

        private final Histogram latencies = new ConcurrentHistogram(3);

        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

        private final CountDownLatch open;

        private Run(int calls) {
            this.open = new CountDownLatch(calls);
        }

        private void ended(long due, @Nullable Throwable reason) {
            latencies.recordValue(System.nanoTime() - due);
            if (reason != null) {
                failure.compareAndSet(null, reason);
            }
            open.countDown();
        }

        private Histogram result() throws InterruptedException {
            if (!open.await(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException(open.getCount() + " calls have no response");
            }
            if (failure.get() != null) {
                throw new IllegalStateException("A call has failed", failure.get());
            }
            return latencies;
        }
    }
}
