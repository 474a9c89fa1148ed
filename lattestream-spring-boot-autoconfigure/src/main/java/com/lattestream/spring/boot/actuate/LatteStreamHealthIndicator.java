package com.lattestream.spring.boot.actuate;

import com.lattestream.core.LatteStreamClient;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Tells from what a client's last requests came to whether the service is there; sends nothing and waits for nothing,
 * unless it is to probe: then it asks the service, at most once in 30 seconds, and waits for the answer, at most 10
 * seconds. Thread-safe.
 */
public final class LatteStreamHealthIndicator implements HealthIndicator {

    private final LatteStreamHealth health;

    /**
     * Creates an indicator.
     * @param client whose requests to look at
     * @param probe whether to ask the service
     */
    public LatteStreamHealthIndicator(LatteStreamClient client, boolean probe) {
        this(() -> Optional.of(client), probe);
    }

    /**
     * Creates an indicator of a client that may be created later.
     * @param client supplies the client; empty as long as it does not exist, which is the status {@code UP} and the state
     * {@code idle}
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
