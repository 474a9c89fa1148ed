package com.lattestream.spring.boot.actuate;

import com.lattestream.core.LatteStreamClient;
import java.time.Clock;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import reactor.core.publisher.Mono;

/** Tells the same as {@link LatteStreamHealthIndicator}, and holds up no thread while it probes. Thread-safe. */
public final class LatteStreamReactiveHealthIndicator implements ReactiveHealthIndicator {

    private final LatteStreamHealth health;

    /**
     * Creates an indicator.
     * @param client whose requests to look at
     * @param probe whether to ask the service
     */
    public LatteStreamReactiveHealthIndicator(LatteStreamClient client, boolean probe) {
        this(client, probe, Clock.systemUTC());
    }

    LatteStreamReactiveHealthIndicator(LatteStreamClient client, boolean probe, Clock clock) {
        this.health = new LatteStreamHealth(client, probe, clock);
    }

    @Override
    public Mono<Health> health() {
        // others wait for the same probe
        return Mono.fromFuture(health::health, true);
    }
}
