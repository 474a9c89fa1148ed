package com.lattestream.samples.benchmark.measure;

import com.lattestream.samples.benchmark.process.ForkedJvm;
import com.lattestream.samples.benchmark.process.LoadGenerator;
import com.lattestream.samples.benchmark.process.Worker;
import com.lattestream.samples.benchmark.result.Throughput;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * Measures the throughput of all contestants. Each has a process for the whole run, so that it is compiled and
 * connected. In each round they run one after the other, in an order that rotates.
 */
public final class ThroughputMeasurement {

    private static final List<String> JVM_ARGUMENTS = List.of("-Xms1g", "-Xmx1g");

    private static final Duration CORE_TO_CORE = Duration.ofMillis(200);

    private final int sinkPort;

    private final Duration warmUp;

    private final Duration duration;

    private final Consumer<String> progress;

    /**
     * Creates a measurement.
     * @param sinkPort the port of the sink
     * @param warmUp the time for which each contestant runs before the first round
     * @param duration the time for which each contestant runs in a round; one additional round at the beginning does
     * not count
     * @param progress receives lines about the progress
     */
    public ThroughputMeasurement(int sinkPort, Duration warmUp, Duration duration, Consumer<String> progress) {
        this.sinkPort = sinkPort;
        this.warmUp = warmUp;
        this.duration = duration;
        this.progress = progress;
    }

    /**
     * A contestant and the Java that runs it.
     *
     * @param name the name of the contestant
     * @param javaHome the Java
     */
    public record Entrant(String name, Path javaHome) {}

    /**
     * The results.
     *
     * @param throughput the throughput of the contestants, in their order
     * @param sinkRequestsPerSecond the throughput of the load generator, one value per round
     * @param coreToCoreNanos the time in which a cache line moves from one core to another and back, one value per
     * round
     */
    public record Found(List<Throughput> throughput, double[] sinkRequestsPerSecond, double[] coreToCoreNanos) {}

    /**
     * Runs the measurement.
     * @param entrants the contestants
     * @param rounds the number of rounds
     * @return the results
     */
    public Found measure(List<Entrant> entrants, int rounds) {
        List<Contestant> contestants = new ArrayList<>();
        double[] sink = new double[rounds];
        double[] coreToCore = new double[rounds];
        try {
            for (Entrant entrant : entrants) {
                Contestant contestant = new Contestant(entrant, rounds);
                contestants.add(contestant);
                contestant.warmUp();
            }
            // the first round after the long warm-up is slow for nearly all contestants
            contestants.forEach(Contestant::work);
            List<Contestant> order = new ArrayList<>(contestants);
            for (int round = 0; round < rounds; round++) {
                progress.accept("round " + (round + 1) + " of " + rounds);
                coreToCore[round] = CoreToCore.nanos(CORE_TO_CORE);
                sink[round] = LoadGenerator.requestsPerSecond(sinkPort, duration);
                for (Contestant contestant : order) {
                    contestant.work(round);
                }
                Collections.rotate(order, 1 + entrants.size() / rounds);
            }
        } finally {
            contestants.forEach(contestant -> contestant.jvm.close());
        }
        return new Found(contestants.stream().map(Contestant::found).toList(), sink, coreToCore);
    }

    private final class Contestant {

        private final String name;

        private final ForkedJvm jvm;

        private final double[] events;

        private final double[] requests;

        private Contestant(Entrant entrant, int rounds) {
            this.name = entrant.name();
            this.jvm = ForkedJvm.start(
                    entrant.javaHome(), JVM_ARGUMENTS, Worker.class, entrant.name(), String.valueOf(sinkPort));
            this.events = new double[rounds];
            this.requests = new double[rounds];
        }

        private void warmUp() {
            jvm.read();
            // in parts, so that the warm-up includes the start of a part, as the measured rounds do
            for (int i = 0; i < 5; i++) {
                jvm.request(String.valueOf(warmUp.toMillis() / 5));
            }
        }

        private String work() {
            return jvm.request(String.valueOf(duration.toMillis()));
        }

        private void work(int round) {
            double[] work = Numbers.parse(work(), 3);
            double seconds = work[2] / 1e9;
            events[round] = work[0] / seconds;
            requests[round] = work[1] / seconds;
            progress.accept("  %-28s %,12.0f events/s".formatted(name, events[round]));
        }

        private Throughput found() {
            return new Throughput(name, events, requests);
        }
    }
}
