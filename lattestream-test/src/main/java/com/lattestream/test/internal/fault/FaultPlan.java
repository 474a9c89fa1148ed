package com.lattestream.test.internal.fault;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The planned failures and delays. Thread-safe. */
public final class FaultPlan {

    /** Number of requests for a fault that applies until the plan is cleared. */
    public static final int ALWAYS = 0;

    private final FaultRules<Failure> failures = new FaultRules<>();

    private final FaultRules<Duration> delays = new FaultRules<>();

    private volatile boolean refusing;

    /** Creates a plan without faults. */
    public FaultPlan() {}

    /**
     * Adds a failure.
     * @param path paths that the failure applies to
     * @param times number of requests, or {@link #ALWAYS}
     * @param failure the failure
     * @throws IllegalStateException if there are too many pending failures
     */
    public void fail(PathPattern path, int times, Failure failure) {
        failures.add(path, times, failure);
    }

    /**
     * Adds a delay. A failure that applies to the same request takes effect after the delay.
     * @param path paths that the delay applies to
     * @param times number of requests, or {@link #ALWAYS}
     * @param delay the delay
     * @throws IllegalStateException if there are too many pending delays
     */
    public void delay(PathPattern path, int times, Duration delay) {
        delays.add(path, times, delay);
    }

    /**
     * Sets whether all connections are refused.
     * @param refusing true to refuse all connections
     */
    public void refuseAll(boolean refusing) {
        this.refusing = refusing;
    }

    /** Removes all faults. */
    public void clear() {
        failures.clear();
        delays.clear();
        refusing = false;
    }

    /**
     * Returns the number of faults that no request has used yet.
     * @return number of faults
     */
    public int pending() {
        return failures.size() + delays.size();
    }

    boolean isRefusingAll() {
        return refusing;
    }

    @Nullable Failure failure(String path) {
        return failures.poll(path);
    }

    @Nullable Duration delay(String path) {
        return delays.poll(path);
    }
}
