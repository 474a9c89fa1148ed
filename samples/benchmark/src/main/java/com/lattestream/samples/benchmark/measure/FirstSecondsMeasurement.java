package com.lattestream.samples.benchmark.measure;

import com.lattestream.samples.benchmark.process.ForkedJvm;
import com.lattestream.samples.benchmark.process.Worker;
import com.lattestream.samples.benchmark.result.Spread;
import java.time.Duration;
import java.util.List;

/**
 * Compares the client with the floor in the first seconds of a new JVM, in which most of the code runs before the JVM has
 * compiled it.
 */
public final class FirstSecondsMeasurement {

    private static final List<String> JVM_ARGUMENTS = List.of("-Xms1g", "-Xmx1g");

    private final int sinkPort;

    private final Duration duration;

    /**
     * Creates a measurement.
     * @param sinkPort the port of the sink
     * @param duration the time after the start of a JVM that is measured
     */
    public FirstSecondsMeasurement(int sinkPort, Duration duration) {
        this.sinkPort = sinkPort;
        this.duration = duration;
    }

    /**
     * Starts JVMs in turn and measures their first seconds.
     * @param rounds the number of starts of each
     * @return the batched triggers of the client against the floor with HMAC, one ratio for each round
     */
    public Spread measure(int rounds) {
        double[] client = new double[rounds];
        double[] floor = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            floor[round] = eventsPerSecond("floor-batch-hmac-20");
            client[round] = eventsPerSecond("lattestream-16");
        }
        return Spread.ofRatios(client, floor);
    }

    private double eventsPerSecond(String contestant) {
        try (ForkedJvm jvm = ForkedJvm.start(
                ForkedJvm.thisJavaHome(), JVM_ARGUMENTS, Worker.class, contestant, String.valueOf(sinkPort))) {
            jvm.read();
            double[] work = Numbers.parse(jvm.request(String.valueOf(duration.toMillis())), 3);
            return work[0] / (work[2] / 1e9);
        }
    }
}
