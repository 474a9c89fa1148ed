package com.lattestream.samples.benchmark.contestant;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Callers that do the same thing again and again until the time is up. */
final class Threads {

    private Threads() {}

    /** One call: given a number that no other call is given. */
    interface Call {

        void make(int number) throws Exception;
    }

    static void repeat(ExecutorService executor, int threads, Duration duration, AtomicInteger numbers, Call call)
            throws Exception {
        long until = System.nanoTime() + duration.toNanos();
        List<Future<?>> callers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            callers.add(executor.submit(() -> {
                do {
                    // by the handful, so that the counter is not what is measured
                    int first = numbers.getAndAdd(16);
                    for (int number = first; number < first + 16; number++) {
                        call.make(number);
                    }
                } while (System.nanoTime() - until < 0);
                return null;
            }));
        }
        for (Future<?> caller : callers) {
            caller.get();
        }
    }
}
