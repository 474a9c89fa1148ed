package com.lattestream.samples.benchmark.fresh;

import com.lattestream.core.Event;
import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.LatteStreamStatistics;
import com.lattestream.core.UndeliveredEventHandler;
import com.lattestream.samples.benchmark.fresh.ValueService.Arrival;
import com.lattestream.samples.benchmark.result.FreshVariant;
import com.lattestream.samples.benchmark.result.Spread;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Triggers values at a fixed rate, while the service fails for some time. */
final class FreshMeasurement {

    static final int EVENTS_PER_SECOND = 1_000;

    static final int CHANNELS = 200;

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    // a client that is not conflated keeps all events of the outage
    private static final int QUEUE = 100_000;

    private static final UndeliveredEventHandler IGNORED = (events, reason) -> {};

    private final int outageStart;

    private final int outageEnd;

    private final int seconds;

    /**
     * Creates a measurement.
     * @param outageStart the second in which the service fails
     * @param outageEnd the second in which it is available again
     * @param seconds the time for which events are triggered
     */
    FreshMeasurement(int outageStart, int outageEnd, int seconds) {
        this.outageStart = outageStart;
        this.outageEnd = outageEnd;
        this.seconds = seconds;
    }

    /**
     * Measures one way to trigger values.
     * @param name its name
     * @param options sets the options of each event
     * @return the result
     */
    FreshVariant measure(String name, UnaryOperator<Event> options) {
        try (ValueService service = new ValueService();
                LatteStreamClient client = LatteStreamClient.builder("lsk_benchmark")
                        .endpoint(service.endpoint())
                        .useTls(false)
                        .maxQueuedEvents(QUEUE)
                        .undeliveredEventHandler(IGNORED)
                        .build()) {
            // opens connections and loads classes
            client.trigger("warm-up", "value", 0);
            client.flushBatch().join();
            long start = System.nanoTime();
            int events = EVENTS_PER_SECOND * seconds;
            for (int i = 0; i < events; i++) {
                long due = start + i * SECOND / EVENTS_PER_SECOND;
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                service.down(i >= outageStart * EVENTS_PER_SECOND && i < outageEnd * EVENTS_PER_SECOND);
                Event event = Event.of("channel-" + i % CHANNELS, "value", Map.of("at", System.nanoTime()));
                client.trigger(options.apply(event));
            }
            client.flushBatch().join();
            return result(name, events, start, service, client.statistics());
        }
    }

    private FreshVariant result(
            String name, int events, long start, ValueService service, LatteStreamStatistics statistics) {
        List<Arrival> arrivals = service.arrivals();
        List<Spread> ages = IntStream.range(0, seconds)
                .mapToObj(second -> arrivals.stream()
                        .filter(arrival -> (arrival.at() - start) / SECOND == second)
                        .mapToDouble(arrival -> millis(arrival.age()))
                        .toArray())
                .map(values -> values.length == 0 ? new Spread(0, 0, 0) : Spread.of(values))
                .toList();
        return new FreshVariant(
                name,
                events,
                arrivals.size(),
                service.requests(),
                statistics.superseded(),
                statistics.failed(),
                ages.stream().mapToDouble(Spread::median).toArray(),
                ages.stream().mapToDouble(Spread::max).toArray());
    }

    private static double millis(long nanos) {
        return (double) Duration.ofNanos(nanos).toNanos() / TimeUnit.MILLISECONDS.toNanos(1);
    }
}
