package com.lattestream.samples.benchmark.contestant;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that repeat a call until the time is over. */
final class Threads {

    private Threads() {}

    /** A call with a number that no other call has. */
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
                    // numbers are reserved in blocks, so that the counter does not affect the result
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
