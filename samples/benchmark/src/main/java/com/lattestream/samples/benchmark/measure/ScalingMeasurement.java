package com.lattestream.samples.benchmark.measure;

import com.lattestream.samples.benchmark.process.ForkedJvm;
import com.lattestream.samples.benchmark.result.Scaling;
import com.lattestream.samples.benchmark.result.Spread;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Measures how the cost of an event grows with the number of its channels, the size of its data, and the number of
 * events in the queue. The time of a call is that of the caller. The time until events are accepted is that of all
 * events, with as many in flight as the queue of the client can hold.
 */
public final class ScalingMeasurement {

    /** The factors between the smallest size and all sizes. */
    static final List<Integer> FACTORS = List.of(1, 10, 100, 1000);

    private static final int SMALLEST_PAYLOAD = 32;

    private static final List<String> JVM_ARGUMENTS = List.of("-Xms1g", "-Xmx1g");

    // for a million events
    private static final List<String> DEEP_JVM_ARGUMENTS = List.of("-Xms3g", "-Xmx3g");

    private final int sinkPort;

    private final int smallestDepth;

    /**
     * Creates a measurement.
     * @param sinkPort the port of the sink
     */
    public ScalingMeasurement(int sinkPort) {
        this(sinkPort, 1000);
    }

    ScalingMeasurement(int sinkPort, int smallestDepth) {
        this.sinkPort = sinkPort;
        this.smallestDepth = smallestDepth;
    }

    /**
     * Runs the measurement.
     * @param rounds the number of rounds
     * @param duration the duration of one size in a round; the duration of the measurement by queue depth is not fixed
     * @return the costs in relation to sizes
     */
    public List<Scaling> measure(int rounds, Duration duration) {
        Costs[] channels = costs(rounds);
        Costs[] payloads = costs(rounds);
        try (ForkedJvm jvm = ForkedJvm.start(
                ForkedJvm.thisJavaHome(), JVM_ARGUMENTS, ScalingWorker.class, String.valueOf(sinkPort))) {
            jvm.read();
            // the first round is the warm-up
            for (int round = -1; round < rounds; round++) {
                for (int i = 0; i < FACTORS.size(); i++) {
                    long millis = duration.toMillis();
                    channels[i].add(round, jvm.request("channels " + FACTORS.get(i) + " " + millis));
                    payloads[i].add(round, jvm.request("bytes " + SMALLEST_PAYLOAD * FACTORS.get(i) + " " + millis));
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

    // each round has a process of its own, because events that cannot be sent would affect the next round
    private List<double[]> depths(int rounds) {
        List<double[]> costs =
                FACTORS.stream().map(factor -> new double[rounds]).toList();
        for (int round = 0; round < rounds; round++) {
            try (ForkedJvm jvm =
                    ForkedJvm.start(ForkedJvm.thisJavaHome(), DEEP_JVM_ARGUMENTS, QueueDepthWorker.class)) {
                jvm.read();
                for (int turn = 0; turn < FACTORS.size(); turn++) {
                    // the order rotates, because compilation may not be complete for the first size
                    int i = (turn + round) % FACTORS.size();
                    String response = jvm.request(String.valueOf(smallestDepth * FACTORS.get(i)));
                    costs.get(i)[round] = Numbers.parse(response, 1)[0];
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

    /** The costs of one size, with one value per round. */
    private record Costs(double[] call, double[] acceptance) {

        private void add(int round, String response) {
            double[] micros = Numbers.parse(response, 2);
            if (round >= 0) {
                call[round] = micros[0];
                acceptance[round] = micros[1];
            }
        }
    }
}
