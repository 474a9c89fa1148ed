package com.lattestream.samples.benchmark.measure;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Measures the distance between cores: the time in which a cache line moves from one core to another and back. The
 * cores of a virtual machine may be moved between rounds, which changes the cost of all data that threads share.
 */
final class CoreToCore {

    // many round trips per reading of the clock, so that its cost does not matter
    private static final int ROUND_TRIPS = 1000;

    private final AtomicInteger ball = new AtomicInteger();

    private volatile boolean over;

    private CoreToCore() {}

    /**
     * Measures a round trip.
     * @param duration the duration of the measurement
     * @return nanoseconds
     */
    static double nanos(Duration duration) {
        return new CoreToCore().play(duration.toNanos());
    }

    private double play(long nanos) {
        Thread other = new Thread(this::playBack, "core-to-core");
        other.setDaemon(true);
        other.start();
        long began = System.nanoTime();
        long took = 0;
        long trips = 0;
        while (took < nanos) {
            for (int i = 0; i < ROUND_TRIPS; i++) {
                ball.incrementAndGet();
                while (ball.get() % 2 != 0) {
                    Thread.onSpinWait();
                }
            }
            trips += ROUND_TRIPS;
            took = System.nanoTime() - began;
        }
        over = true;
        return (double) took / trips;
    }

    private void playBack() {
        while (!over) {
            if (ball.get() % 2 != 0) {
                ball.incrementAndGet();
            } else {
                Thread.onSpinWait();
            }
        }
    }
}
