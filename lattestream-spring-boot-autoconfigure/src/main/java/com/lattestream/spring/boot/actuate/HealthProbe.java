package com.lattestream.spring.boot.actuate;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.spring.internal.Timeouts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Sends a request to the service to check whether it is available, at most once within a period. Thread-safe. */
final class HealthProbe {

    private static final Duration INTERVAL = Duration.ofSeconds(30);

    // health checks must not wait as long as a request may take
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Clock clock;

    private @Nullable CompletableFuture<Boolean> result;

    private Instant sentAt = Instant.MIN;

    HealthProbe(Clock clock) {
        this.clock = clock;
    }

    /** Returns whether the service has responded successfully; never fails. */
    synchronized CompletableFuture<Boolean> isServiceAvailable(LatteStreamClient client) {
        Instant now = clock.instant();
        if (result == null || !now.isBefore(sentAt.plus(INTERVAL))) {
            sentAt = now;
            result = sendPing(client);
        }
        return result;
    }

    private CompletableFuture<Boolean> sendPing(LatteStreamClient client) {
        try {
            CompletableFuture<@Nullable Void> ping = client.ping();
            if (ping == null) {
                // a mock returns null
                return CompletableFuture.completedFuture(false);
            }
            return Timeouts.orTimeout(ping.thenApply(done -> true), TIMEOUT).exceptionally(failure -> false);
        } catch (IllegalStateException closed) {
            return CompletableFuture.completedFuture(false);
        }
    }
}
