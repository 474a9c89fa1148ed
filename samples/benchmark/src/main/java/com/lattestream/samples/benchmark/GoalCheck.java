package com.lattestream.samples.benchmark;

import com.lattestream.samples.benchmark.micro.MicroBenchmarks;
import com.lattestream.samples.benchmark.result.Goal;
import com.lattestream.samples.benchmark.result.Latency;
import com.lattestream.samples.benchmark.result.Spread;
import com.lattestream.samples.benchmark.result.Startup;
import com.lattestream.samples.benchmark.result.Throughput;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Compares the results with the goals. Of contestants that differ in the number of callers, the best counts. */
final class GoalCheck {

    private final List<Throughput> throughput;

    private final Spread firstSeconds;

    private final List<Latency> latency;

    private final Startup startup;

    private final MicroBenchmarks.Found micro;

    GoalCheck(
            List<Throughput> throughput,
            Spread firstSeconds,
            List<Latency> latency,
            Startup startup,
            MicroBenchmarks.Found micro) {
        this.throughput = throughput;
        this.firstSeconds = firstSeconds;
        this.latency = latency;
        this.startup = startup;
        this.micro = micro;
    }

    List<Goal> goals() {
        double[] batched = best("lattestream");
        Spread kibibytes = new Spread(
                micro.bytesPerBatchedEvent().median() / 1024,
                micro.bytesPerBatchedEvent().min() / 1024,
                micro.bytesPerBatchedEvent().max() / 1024);
        return List.of(
                atLeast(
                        "Batched triggers against the floor with HMAC",
                        0.70,
                        Spread.ofRatios(batched, best("floor-batch-hmac"))),
                atLeast(
                        "Batched triggers against pusher-http-java, batches of 10, pool of 20",
                        6,
                        Spread.ofRatios(batched, best("pusher-batch-pool-20"))),
                atLeast(
                        "Single triggers by default against those of pusher-http-java by default",
                        50,
                        Spread.ofRatios(batched, best("pusher"))),
                atLeast(
                        "Unbatched calls against the bare HTTP client, 20 in flight",
                        0.90,
                        Spread.ofRatios(best("lattestream-unbatched"), best("floor-single"))),
                atLeast(
                        "Batched triggers in the first 10 s after a start, against the floor with HMAC",
                        0.5,
                        firstSeconds),
                atMost(
                        "99th percentile of authorizeChannel against the bare HTTP client's",
                        1.15,
                        "×",
                        Spread.ofRatios(p99("authorizeChannel", "lattestream"), p99("authorizeChannel", "floor"))),
                atLeast("Webhook verification against the bare Mac, 64 KiB", 0.95, micro.webhookVerification()),
                atMost("Allocation per batched event, 100 bytes of data", 0.9, " KiB", kibibytes),
                atMost("Start-up added, against Spring Boot's AMQP starter", 0.5, "×", added(startup.withAmqp())),
                atMost("Start-up added, against Spring Boot's Kafka starter", 1, "×", added(startup.withKafka())));
    }

    /** Returns the ratio of medians: the difference of two single starts varies widely, and may be negative. */
    private Spread added(double[] other) {
        double ratio =
                startup.added(startup.with()).median() / startup.added(other).median();
        return new Spread(ratio, ratio, ratio);
    }

    private static Goal atLeast(String what, double target, Spread reached) {
        return new Goal(what, "≥ " + number(target) + "×", reached, "×", reached.median() >= target);
    }

    private static Goal atMost(String what, double target, String unit, Spread reached) {
        return new Goal(what, "≤ " + number(target) + unit, reached, unit, reached.median() <= target);
    }

    private static String number(double target) {
        return target < 2 && target != 1 ? String.format(Locale.ROOT, "%.2f", target) : String.valueOf((long) target);
    }

    /** Returns the best of the contestants that differ only in the number after the last hyphen. */
    private double[] best(String name) {
        return throughput.stream()
                .filter(one -> one.contestant().matches(name + "-\\d+"))
                .max(Comparator.comparingDouble(
                        one -> Spread.of(one.eventsPerSecond()).median()))
                .orElseThrow(() -> new IllegalStateException("No contestant is called " + name + "-…"))
                .eventsPerSecond();
    }

    private double[] p99(String operation, String contestant) {
        return latency.stream()
                .filter(one ->
                        one.operation().equals(operation) && one.contestant().equals(contestant))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No latency of " + operation + " by " + contestant))
                .p99();
    }
}
