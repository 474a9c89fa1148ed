package com.lattestream.spring.boot.actuate;

import com.lattestream.core.LatteStreamClient;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Reports the health of a client from the outcomes of its last requests, without sending any. With a probe, it sends a
 * request to the service at most once in 30 seconds, and waits for the response for at most 10 seconds. Thread-safe.
 */
public final class LatteStreamHealthIndicator implements HealthIndicator {

    private final LatteStreamHealth health;

    /**
     * Creates an indicator.
     * @param client the client
     * @param probe whether to send a request to the service
     */
    public LatteStreamHealthIndicator(LatteStreamClient client, boolean probe) {
        this(() -> Optional.of(client), probe);
    }

    /**
     * Creates an indicator of a client that may be created later.
     * @param client supplies the client; empty as long as it does not exist, which is the status {@code UP} and the
     * state {@code idle}
     * @param probe whether to send a request to the service
     */
    public LatteStreamHealthIndicator(Supplier<Optional<LatteStreamClient>> client, boolean probe) {
        this(client, probe, Clock.systemUTC());
    }

    LatteStreamHealthIndicator(Supplier<Optional<LatteStreamClient>> client, boolean probe, Clock clock) {
        this.health = new LatteStreamHealth(client, probe, clock);
    }

    @Override
    public Health health() {
        return health.health().join();
    }
}
