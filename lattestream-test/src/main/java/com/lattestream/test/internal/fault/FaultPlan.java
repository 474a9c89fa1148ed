package com.lattestream.test.internal.fault;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** All that is to go wrong. Thread-safe. */
public final class FaultPlan {

    /** As often as it can, until it is cleared. */
    public static final int ALWAYS = 0;

    private final FaultRules<Failure> failures = new FaultRules<>();

    private final FaultRules<Duration> delays = new FaultRules<>();

    private volatile boolean refusing;

    /** Creates it with nothing going wrong. */
    public FaultPlan() {}

    /**
     * Has requests fail.
     * @param path which ones
     * @param times how many of them, or {@link #ALWAYS}
     * @param failure how
     * @throws IllegalStateException if there are too many faults waiting
     */
    public void fail(PathPattern path, int times, Failure failure) {
        failures.add(path, times, failure);
    }

    /**
     * Has requests wait before they are handled, or fail.
     * @param path which ones
     * @param times how many of them, or {@link #ALWAYS}
     * @param delay how long
     * @throws IllegalStateException if there are too many faults waiting
     */
    public void delay(PathPattern path, int times, Duration delay) {
        delays.add(path, times, delay);
    }

    /**
     * Sets whether all requests are refused.
     * @param refusing whether they are
     */
    public void refuseAll(boolean refusing) {
        this.refusing = refusing;
    }

    /** Has nothing go wrong any more. */
    public void clear() {
        failures.clear();
        delays.clear();
        refusing = false;
    }

    /**
     * Counts the faults that no request has met yet.
     * @return how many
     */
    public int waiting() {
        return failures.size() + delays.size();
    }

    boolean refusesAll() {
        return refusing;
    }

    @Nullable Failure failure(String path) {
        return failures.take(path);
    }

    @Nullable Duration delay(String path) {
        return delays.take(path);
    }
}
