package com.lattestream.core.internal.resilience;

import com.lattestream.core.LatteStreamApiException;
import com.lattestream.core.internal.Callbacks;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Detects that a service responds again after a period in which it has received requests without responding. Requests
 * that were sent in that period would otherwise wait until their timeout, and block events, long after the service has
 * recovered.
 *
 * <p>While a request waits for a response for longer than usual, the probe sends small requests of its own, one at a
 * time and with a short timeout. Only a quick response that follows {@value #FAILURES} failed probes means that the
 * service has recovered. If the probes succeed from the beginning, or are slow themselves, the service is slow, and the
 * requests continue to wait. Thread-safe.
 */
public final class RecoveryProbe {

    private static final int FAILURES = 2;

    // a response that takes longer comes from a slow service
    private static final long QUICK = TimeUnit.SECONDS.toNanos(1);

    // failures that are older belong to another outage
    private static final long MEMORY = TimeUnit.SECONDS.toNanos(10);

    private final Supplier<CompletableFuture<?>> ping;

    private final LongConsumer recovered;

    private final LongSupplier nanoTime;

    private final AtomicBoolean running = new AtomicBoolean();

    // these fields are used by one probe at a time, and published by the flag
    private int failures;

    private long lastFailure;

    private boolean hasRecovered;

    private long recovery;

    /**
     * Creates a probe.
     * @param ping sends a small request, with a short timeout
     * @param recovered called when the service responds again, with a time: requests that were sent before it and have
     * waited long for a response are probably lost
     * @param nanoTime provides the time, as {@link System#nanoTime} does
     */
    public RecoveryProbe(Supplier<CompletableFuture<?>> ping, LongConsumer recovered, LongSupplier nanoTime) {
        this.ping = ping;
        this.recovered = recovered;
        this.nanoTime = nanoTime;
    }

    /** Sends a probe, unless one is running. Call this regularly while a request waits longer than usual. */
    public void probe() {
        if (!running.compareAndSet(false, true)) {
            return;
        }
        boolean sent = false;
        try {
            long started = nanoTime.getAsLong();
            ping.get().whenComplete((response, failure) -> {
                try {
                    ended(failure == null || isResponse(Callbacks.unwrap(failure)), started);
                } finally {
                    running.set(false);
                }
            });
            sent = true;
        } finally {
            if (!sent) {
                running.set(false);
            }
        }
    }

    private void ended(boolean responds, long started) {
        long now = nanoTime.getAsLong();
        if (failures > 0 && now - lastFailure > MEMORY) {
            failures = 0;
        }
        if (!responds) {
            failures++;
            lastFailure = now;
            return;
        }
        boolean returned = failures >= FAILURES && now - started <= QUICK;
        failures = 0;
        if (returned) {
            hasRecovered = true;
            recovery = now;
            recovered.accept(lastFailure);
        } else if (hasRecovered && now - recovery <= MEMORY) {
            // requests that were sent between the last failed probe and the first response may be lost too
            recovered.accept(recovery);
        }
    }

    private static boolean isResponse(Throwable failure) {
        return failure instanceof LatteStreamApiException response && !response.isServerError();
    }
}
