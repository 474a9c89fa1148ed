package com.lattestream.spring.boot.actuate;

import com.lattestream.core.LatteStreamClient;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import reactor.core.publisher.Mono;

/**
 * Reports the same health as {@link LatteStreamHealthIndicator}, without blocking a thread during a probe. Thread-safe.
 */
public final class LatteStreamReactiveHealthIndicator implements ReactiveHealthIndicator {

    private final LatteStreamHealth health;

    /**
     * Creates an indicator.
     * @param client the client
     * @param probe whether to send a request to the service
     */
    public LatteStreamReactiveHealthIndicator(LatteStreamClient client, boolean probe) {
        this(() -> Optional.of(client), probe);
    }

    /**
     * Creates an indicator of a client that may be created later.
     * @param client supplies the client; empty as long as it does not exist, which is the status {@code UP} and the
     * state {@code idle}
     * @param probe whether to send a request to the service
     */
    public LatteStreamReactiveHealthIndicator(Supplier<Optional<LatteStreamClient>> client, boolean probe) {
        this(client, probe, Clock.systemUTC());
    }

    LatteStreamReactiveHealthIndicator(Supplier<Optional<LatteStreamClient>> client, boolean probe, Clock clock) {
        this.health = new LatteStreamHealth(client, probe, clock);
    }

    @Override
    public Mono<Health> health() {
        // several health checks may wait for the same probe
        return Mono.fromFuture(health::health, true);
    }
}
