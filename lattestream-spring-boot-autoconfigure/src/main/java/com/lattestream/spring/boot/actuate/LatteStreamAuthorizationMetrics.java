package com.lattestream.spring.boot.actuate;

import com.lattestream.spring.internal.auth.AuthorizationOutcomeListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Counts authorization requests by outcome. Thread-safe. */
public final class LatteStreamAuthorizationMetrics implements AuthorizationOutcomeListener {

    private final Map<Outcome, Counter> counters = new EnumMap<>(Outcome.class);

    /**
     * Creates a listener, and a counter for each outcome.
     * @param registry the registry of the counters
     * @param mode how authorizations are created: {@code remote} or {@code local}
     */
    public LatteStreamAuthorizationMetrics(MeterRegistry registry, String mode) {
        for (Outcome outcome : Outcome.values()) {
            counters.put(
                    outcome,
                    Counter.builder("lattestream.auth")
                            .description("Authorization requests by outcome")
                            .tag("mode", mode)
                            .tag("outcome", outcome.id())
                            .register(registry));
        }
    }

    @Override
    public void onOutcome(Outcome outcome) {
        Objects.requireNonNull(counters.get(outcome)).increment();
    }
}
