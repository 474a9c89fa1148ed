package com.lattestream.samples.benchmark.measure;

import com.lattestream.samples.benchmark.process.ForkedJvm;
import com.lattestream.samples.benchmark.result.Scaling;
import com.lattestream.samples.benchmark.result.Spread;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Measures what an event costs as something grows: the channels that it goes to, its data, and the events that wait
 * before it. Times of calls are the caller's; times until events are accepted are those of the whole, with as many
 * under way as the client has room for.
 */
public final class ScalingMeasurement {

    /** What sizes are times the smallest. */
    static final List<Integer> FACTORS = List.of(1, 10, 100, 1000);

    private static final int SMALLEST_PAYLOAD = 32;

    private static final List<String> JVM_ARGUMENTS = List.of("-Xms1g", "-Xmx1g");

    // for a million events
    private static final List<String> DEEP_JVM_ARGUMENTS = List.of("-Xms3g", "-Xmx3g");

    private final int sinkPort;

    private final int smallestDepth;

    /**
     * Creates a measurement.
     * @param sinkPort where the sink listens
     */
    public ScalingMeasurement(int sinkPort) {
        this(sinkPort, 1000);
    }

    ScalingMeasurement(int sinkPort, int smallestDepth) {
        this.sinkPort = sinkPort;
        this.smallestDepth = smallestDepth;
    }

    /**
     * Measures.
     * @param rounds how often
     * @param duration how long a round of one size takes; the depths of the queue take what they take
     * @return what grows, and what it costs
     */
    public List<Scaling> measure(int rounds, Duration duration) {
        Costs[] channels = costs(rounds);
        Costs[] payloads = costs(rounds);
        try (ForkedJvm jvm = ForkedJvm.start(
                ForkedJvm.thisJavaHome(), JVM_ARGUMENTS, ScalingWorker.class, String.valueOf(sinkPort))) {
            jvm.read();
            // the first round is to warm up
            for (int round = -1; round < rounds; round++) {
                for (int i = 0; i < FACTORS.size(); i++) {
                    long millis = duration.toMillis();
                    channels[i].add(round, jvm.ask("channels " + FACTORS.get(i) + " " + millis));
                    payloads[i].add(round, jvm.ask("bytes " + SMALLEST_PAYLOAD * FACTORS.get(i) + " " + millis));
                }
            }
        }
        return List.of(
                scaling("Channels per trigger", "channels", "microseconds a call", 1, calls(channels)),
                scaling(
                        "Channels per trigger, until accepted",
                        "channels",
                        "microseconds a channel",
                        1,
                        acceptances(channels)),
                scaling(
                        "Size of the data",
                        "bytes",
                        "microseconds an event until accepted",
                        SMALLEST_PAYLOAD,
                        acceptances(payloads)),
                scaling("Events waiting", "events", "microseconds a call", smallestDepth, depths(rounds).stream()));
    }

    private static Costs[] costs(int rounds) {
        return IntStream.range(0, FACTORS.size())
                .mapToObj(i -> new Costs(new double[rounds], new double[rounds]))
                .toArray(Costs[]::new);
    }

    private static Stream<double[]> calls(Costs[] costs) {
        return Stream.of(costs).map(Costs::call);
    }

    private static Stream<double[]> acceptances(Costs[] costs) {
        return Stream.of(costs).map(Costs::acceptance);
    }

    // each round in a process of its own, as events that cannot leave are in the way of the next
    private List<double[]> depths(int rounds) {
        List<double[]> costs =
                FACTORS.stream().map(factor -> new double[rounds]).toList();
        for (int round = 0; round < rounds; round++) {
            try (ForkedJvm jvm =
                    ForkedJvm.start(ForkedJvm.thisJavaHome(), DEEP_JVM_ARGUMENTS, QueueDepthWorker.class)) {
                jvm.read();
                for (int turn = 0; turn < FACTORS.size(); turn++) {
                    // none is always the first, which the compiler may still be busy with
                    int i = (turn + round) % FACTORS.size();
                    String answer = jvm.ask(String.valueOf(smallestDepth * FACTORS.get(i)));
                    costs.get(i)[round] = Numbers.parse(answer, 1)[0];
                }
            }
        }
        return costs;
    }

    private static Scaling scaling(String title, String unit, String cost, int smallest, Stream<double[]> costs) {
        List<Spread> spreads = costs.map(Spread::of).toList();
        return new Scaling(
                title,
                unit,
                cost,
                IntStream.range(0, FACTORS.size())
                        .mapToObj(i -> new Scaling.Point((long) smallest * FACTORS.get(i), spreads.get(i)))
                        .toList());
    }

    /** What one size costs, one value a round. */
    private record Costs(double[] call, double[] acceptance) {

        private void add(int round, String answer) {
            double[] micros = Numbers.parse(answer, 2);
            if (round >= 0) {
                call[round] = micros[0];
                acceptance[round] = micros[1];
            }
        }
    }
}
