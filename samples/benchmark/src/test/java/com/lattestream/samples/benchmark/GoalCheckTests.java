package com.lattestream.samples.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import com.lattestream.samples.benchmark.micro.MicroBenchmarks;
import com.lattestream.samples.benchmark.result.Goal;
import com.lattestream.samples.benchmark.result.Latency;
import com.lattestream.samples.benchmark.result.Spread;
import com.lattestream.samples.benchmark.result.Startup;
import com.lattestream.samples.benchmark.result.Throughput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GoalCheckTests {

    private final List<Throughput> throughput = new ArrayList<>(List.of(
            events("lattestream-1", 500, 550),
            events("lattestream-8", 700, 840),
            events("lattestream-virtual-8", 9000, 9000),
            events("lattestream-unbatched-20", 90, 110),
            events("floor-batch-hmac-20", 1000, 1000),
            events("floor-batch-20", 1000, 1000),
            events("floor-single-20", 100, 100),
            events("pusher-1", 10, 10),
            events("pusher-20", 20, 20),
            events("pusher-pool-20-20", 5, 5),
            events("pusher-batch-pool-20-4", 100, 140),
            events("pusher-batch-pool-20-64", 50, 50)));

    private final List<Latency> latency = List.of(
            latency("authorizeChannel", "lattestream", 120),
            latency("authorizeChannel", "floor", 100),
            latency("trigger", "floor", 1));

    @Test
    void theBestNumberOfCallersIsComparedRoundByRound() {
        assertThat(goals().get("Batched triggers against the floor with HMAC"))
                .isEqualTo(new Goal(
                        "Batched triggers against the floor with HMAC",
                        "≥ 0.70×",
                        new Spread(0.77, 0.7, 0.84),
                        "×",
                        true));
        assertThat(goals().get("Batched triggers against pusher-http-java, batches of 10, pool of 20")
                        .reached()
                        .median())
                .isEqualTo(6.5);
        assertThat(goals().get("Single triggers by default against those of pusher-http-java by default")
                        .reached()
                        .median())
                .isEqualTo(38.5);
    }

    @Test
    void aGoalIsMetByTheMedian() {
        assertThat(goals().entrySet().stream()
                        .map(goal -> entry(goal.getKey(), goal.getValue().met())))
                .containsExactlyInAnyOrder(
                        entry("Batched triggers against the floor with HMAC", true),
                        entry("Batched triggers against pusher-http-java, batches of 10, pool of 20", true),
                        entry("Single triggers by default against those of pusher-http-java by default", false),
                        entry("Unbatched calls against the bare HTTP client, 20 in flight", true),
                        entry("Batched triggers in the first 10 s after a start, against the floor with HMAC", true),
                        entry("99th percentile of authorizeChannel against the bare HTTP client's", false),
                        entry("Webhook verification against the bare Mac, 64 KiB", true),
                        entry("Allocation per batched event, 100 bytes of data", false),
                        entry("Start-up added, against Spring Boot's AMQP starter", false),
                        entry("Start-up added, against Spring Boot's Kafka starter", true));
    }

    @Test
    void startUpIsComparedByTheMediansOfTheAddedTimes() {
        assertThat(goals().get("Start-up added, against Spring Boot's AMQP starter")
                        .reached()
                        .median())
                .isCloseTo(60.0 / 100, within(0.001));
        assertThat(goals().get("Start-up added, against Spring Boot's Kafka starter")
                        .reached()
                        .median())
                .isCloseTo(60.0 / 80, within(0.001));
    }

    @Test
    void allocationIsReportedInKibibytes() {
        assertThat(goals().get("Allocation per batched event, 100 bytes of data")
                        .reached())
                .isEqualTo(new Spread(1.5, 1, 2));
    }

    @Test
    void aMissingContestantIsNamed() {
        throughput.removeIf(one -> one.contestant().startsWith("floor-single"));

        assertThatIllegalStateException().isThrownBy(this::goals).withMessage("No contestant is called floor-single-…");
    }

    private Map<String, Goal> goals() {
        return new GoalCheck(
                        throughput,
                        new Spread(0.55, 0.4, 0.6),
                        latency,
                        new Startup(
                                new double[] {1000, 1000, 1100},
                                new double[] {1040, 1060, 1180},
                                new double[] {990, 1100, 1300},
                                new double[] {1080, 1000, 1200}),
                        new MicroBenchmarks.Found(new Spread(1536, 1024, 2048), new Spread(0.96, 0.9, 0.99)))
                .goals().stream().collect(Collectors.toMap(Goal::what, Function.identity()));
    }

    private static Throughput events(String contestant, double... eventsPerSecond) {
        return new Throughput(contestant, eventsPerSecond, eventsPerSecond);
    }

    private static Latency latency(String operation, String contestant, double p99) {
        return new Latency(operation, contestant, 1000, new double[] {1}, new double[] {p99}, new double[] {999});
    }
}
