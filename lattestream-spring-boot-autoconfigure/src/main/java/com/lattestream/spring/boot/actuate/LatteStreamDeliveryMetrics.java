package com.lattestream.spring.boot.actuate;

import com.lattestream.core.DeliveryListener;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Measures the delivery time of events and the size of batches. Thread-safe. */
public final class LatteStreamDeliveryMetrics implements DeliveryListener {

    private final MeterRegistry registry;

    private final Map<String, Meters> meters = new ConcurrentHashMap<>();

    /**
     * Creates a listener.
     * @param registry the registry of the meters
     */
    public LatteStreamDeliveryMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void onBatch(String client, int events) {
        of(client).batchSize.record(events);
    }

    @Override
    public void onDelivered(String client, long nanos) {
        of(client).delivered.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void onFailed(String client, long nanos) {
        of(client).failed.record(nanos, TimeUnit.NANOSECONDS);
    }

    private Meters of(String client) {
        Meters known = meters.get(client);
        return known != null ? known : meters.computeIfAbsent(client, name -> new Meters(registry, name));
    }

    private static final class Meters {

        private final DistributionSummary batchSize;

        private final Timer delivered;

        private final Timer failed;

        private Meters(MeterRegistry registry, String client) {
            batchSize = DistributionSummary.builder("lattestream.batch.size")
                    .description("Events in one request")
                    .baseUnit("events")
                    .tag("client", client)
                    .register(registry);
            delivered = delivery(registry, client, "delivered");
            failed = delivery(registry, client, "failed");
        }

        private static Timer delivery(MeterRegistry registry, String client, String outcome) {
            return Timer.builder("lattestream.event.delivery")
                    .description("Time from the acceptance of an event to the completion of its future")
                    .tag("client", client)
                    .tag("outcome", outcome)
                    .register(registry);
        }
    }
}
