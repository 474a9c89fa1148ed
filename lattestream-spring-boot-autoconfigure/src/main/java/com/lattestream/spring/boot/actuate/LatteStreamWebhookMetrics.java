package com.lattestream.spring.boot.actuate;

import com.lattestream.core.webhook.WebhookEvent;
import com.lattestream.spring.internal.webhook.WebhookOutcomeListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Counts webhooks by outcome, and the events of accepted webhooks. Thread-safe. */
public final class LatteStreamWebhookMetrics implements WebhookOutcomeListener {

    private final Map<Outcome, Counter> webhooks = new EnumMap<>(Outcome.class);

    private final MeterProvider<Counter> events;

    /**
     * Creates a listener, and a counter for each outcome.
     * @param registry the registry of the counters
     */
    public LatteStreamWebhookMetrics(MeterRegistry registry) {
        for (Outcome outcome : Outcome.values()) {
            webhooks.put(
                    outcome,
                    Counter.builder("lattestream.webhooks")
                            .description("Webhooks by outcome")
                            .tag("outcome", outcome.id())
                            .register(registry));
        }
        events = Counter.builder("lattestream.webhook.events")
                .description("Events of accepted webhooks")
                .withRegistry(registry);
    }

    @Override
    public void onOutcome(Outcome outcome) {
        Objects.requireNonNull(webhooks.get(outcome)).increment();
    }

    @Override
    public void onEvents(List<WebhookEvent> accepted) {
        accepted.forEach(event -> events.withTag("name", name(event)).increment());
    }

    // the number of tag values must be bounded, so all unknown names share one
    private static String name(WebhookEvent event) {
        return event instanceof WebhookEvent.Unknown ? "unknown" : event.name();
    }
}
