package com.lattestream.samples.benchmark.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.lattestream.samples.benchmark.SmallSink;
import com.lattestream.samples.benchmark.result.Latency;
import com.lattestream.samples.benchmark.result.Memory;
import com.lattestream.samples.benchmark.result.Scaling;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MeasurementTests {

    private final SmallSink sink = new SmallSink();

    @AfterEach
    void close() {
        sink.close();
    }

    @Test
    void everyContestantHasLatencies() {
        List<Latency> latencies = new LatencyMeasurement(sink.port(), 200).measure(2, Duration.ofMillis(100));

        assertThat(latencies)
                .extracting(Latency::operation, Latency::contestant)
                .containsExactly(
                        tuple("authorizeChannel", "lattestream"),
                        tuple("authorizeChannel", "floor"),
                        tuple("trigger", "lattestream-unbatched"),
                        tuple("trigger", "floor-single"),
                        tuple("trigger", "pusher-pool-20"));
        assertThat(latencies).allSatisfy(latency -> {
            assertThat(latency.callsPerSecond()).isEqualTo(200);
            assertThat(latency.p50()).hasSize(2).doesNotContain(0);
            assertThat(latency.p999()[1]).isGreaterThanOrEqualTo(latency.p50()[1]);
        });
        // 20 a round, and twice as many before, at ten times the rate
        assertThat(sink.requests()).isEqualTo(5 * (2 * 20 + 400));
    }

    @Test
    void scalingIsMeasuredForEachSize() {
        List<Scaling> scalings = new ScalingMeasurement(sink.port(), 10).measure(1, Duration.ofMillis(1));

        assertThat(scalings)
                .extracting(scaling ->
                        scaling.points().stream().map(Scaling.Point::size).toList())
                .containsExactly(
                        List.of(1L, 10L, 100L, 1000L),
                        List.of(1L, 10L, 100L, 1000L),
                        List.of(32L, 320L, 3200L, 32000L),
                        List.of(10L, 100L, 1000L, 10000L));
        // the names of the pictures' files are derived from the titles
        assertThat(scalings).extracting(Scaling::title).doesNotHaveDuplicates();
        assertThat(scalings)
                .flatExtracting(Scaling::points)
                .allSatisfy(point -> assertThat(point.cost().median()).isPositive());
    }

    @Test
    void waitingEventsOccupyHeapUntilTheyAreDelivered() {
        // so many that other allocations of the JVM are negligible
        Memory memory = new MemoryMeasurement(sink.port()).measure(50_000);

        assertThat(memory.events()).isEqualTo(50_000);
        assertThat(memory.bytesPerEvent()).isBetween(100.0, 5000.0);
        assertThat(memory.drained()).isLessThan(memory.full());
        // in batches of 50, with the 20,000 that come first
        assertThat(sink.requests()).isGreaterThanOrEqualTo(1400);
    }
}
