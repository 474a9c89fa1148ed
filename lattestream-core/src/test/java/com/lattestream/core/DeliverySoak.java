package com.lattestream.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.support.SoakService;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A million events through a service that fails a tenth of the requests, in every supported way. Not part of the normal
 * build; see CONTRIBUTING.md.
 */
class DeliverySoak {

    private static final int CALLERS = 4;

    private static final int CHANNELS_OF_A_CALLER = 50;

    private static final int EVENTS = Integer.getInteger("soak.events", 1_000_000);

    private static final long SEED = Long.getLong("soak.seed", new Random().nextLong());

    private static final String FILLING = "x".repeat(80);

    private final LongAdder delivered = new LongAdder();

    private final LongAdder failed = new LongAdder();

    private final LongAccumulator peakHeap = new LongAccumulator(Math::max, 0);

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void losesNothing() throws IOException, InterruptedException {
        System.out.println("soak: seed=" + SEED);
        long started = System.nanoTime();
        int eventsOfAChannel = EVENTS / CALLERS / CHANNELS_OF_A_CALLER;
        int events = eventsOfAChannel * CALLERS * CHANNELS_OF_A_CALLER;
        try (SoakService service = new SoakService(new Random(SEED))) {
            LatteStreamStatistics statistics;
            try (LatteStreamClient client = LatteStreamClient.builder("lsk_test_secret")
                    .endpoint(service.endpoint())
                    .useTls(false)
                    .timeout(Duration.ofMillis(500))
                    .maxRetries(50)
                    .retryDelay(Duration.ofMillis(2))
                    .retryMaxDelay(Duration.ofMillis(50))
                    .circuitBreakerWaitDurationInOpenState(Duration.ofMillis(50))
                    .maxBlock(Duration.ofMinutes(5))
                    .build()) {
                List<Thread> callers = new ArrayList<>();
                for (int caller = 0; caller < CALLERS; caller++) {
                    String prefix = "caller-" + caller + "-channel-";
                    callers.add(new Thread(() -> trigger(client, prefix, eventsOfAChannel)));
                }
                callers.forEach(Thread::start);
                for (Thread caller : callers) {
                    caller.join();
                }
                client.flushBatch().join();
                statistics = client.statistics();
            }
            long open = events - delivered.sum() - failed.sum();
            System.out.printf(
                    "soak: events=%d delivered=%d failed=%d open futures=%d lost=%d out of order=%d duplicates=%d"
                            + " requests=%d faults=%d retried=%d peak heap=%d MiB elapsed=%d s%n",
                    events,
                    delivered.sum(),
                    failed.sum(),
                    open,
                    events - service.events().seen(),
                    service.events().outOfOrder(),
                    service.events().duplicates(),
                    service.requests(),
                    service.faults(),
                    statistics.retried(),
                    peakHeap.get() / (1024 * 1024),
                    TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started));

            assertThat(service.events().seen()).isEqualTo(events);
            assertThat(service.events().outOfOrder()).isZero();
            assertThat(delivered.sum()).isEqualTo(events);
            assertThat(statistics.delivered()).isEqualTo(events);
            assertThat(statistics.failed()).isZero();
            assertThat(statistics.queuedBytes()).isZero();
        }
    }

    private void trigger(LatteStreamClient client, String prefix, int count) {
        for (int number = 0; number < count; number++) {
            sampleHeap();
            for (int channel = 0; channel < CHANNELS_OF_A_CALLER; channel++) {
                client.trigger(prefix + channel, "event", number + " " + FILLING)
                        .whenComplete((result, failure) -> {
                            if (failure == null) {
                                delivered.increment();
                            } else {
                                failed.increment();
                            }
                        });
            }
        }
    }

    private void sampleHeap() {
        peakHeap.accumulate(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
}
