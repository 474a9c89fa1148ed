package com.lattestream.samples.benchmark.measure;

import com.lattestream.samples.benchmark.process.ForkedJvm;
import com.lattestream.samples.benchmark.result.Latency;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures the latency of calls at a fixed rate, in an open loop: from the scheduled time of a call, so that it
 * includes the time for which the call waits for a slow one. Each contestant has a process of its own, and they take
 * turns.
 */
public final class LatencyMeasurement {

    // at the measured rate, the compiler would take minutes to optimize
    private static final int WARM_UP_RATE = 10;

    private static final List<String> JVM_ARGUMENTS = List.of("-Xms512m", "-Xmx512m");

    private final int sinkPort;

    private final int callsPerSecond;

    /**
     * Creates a measurement.
     * @param sinkPort the port of the sink
     * @param callsPerSecond the rate; with a thousand, all contestants are idle most of the time
     */
    public LatencyMeasurement(int sinkPort, int callsPerSecond) {
        this.sinkPort = sinkPort;
        this.callsPerSecond = callsPerSecond;
    }

    /**
     * Runs the measurement.
     * @param rounds the number of rounds
     * @param duration the duration of one contestant in a round; the warm-up has twice this duration and ten times the
     * rate
     * @return the latencies, ordered by operation
     */
    public List<Latency> measure(int rounds, Duration duration) {
        List<Contestant> contestants = new ArrayList<>();
        try {
            for (Calls calls : Calls.values()) {
                contestants.add(new Contestant(calls, start(calls), rounds));
            }
            for (Contestant contestant : contestants) {
                contestant.warmUp(callsPerSecond * WARM_UP_RATE, duration.multipliedBy(2));
            }
            for (int round = 0; round < rounds; round++) {
                for (Contestant contestant : contestants) {
                    contestant.run(round, callsPerSecond, duration);
                }
            }
            return contestants.stream()
                    .map(contestant -> contestant.found(callsPerSecond))
                    .toList();
        } finally {
            contestants.forEach(contestant -> contestant.jvm.close());
        }
    }

    private ForkedJvm start(Calls calls) {
        return ForkedJvm.start(
                ForkedJvm.thisJavaHome(), JVM_ARGUMENTS, LatencyWorker.class, calls.name(), String.valueOf(sinkPort));
    }

    private static final class Contestant {

        private final Calls calls;

        private final ForkedJvm jvm;

        private final double[] p50;

        private final double[] p99;

        private final double[] p999;

        private Contestant(Calls calls, ForkedJvm jvm, int rounds) {
            this.calls = calls;
            this.jvm = jvm;
            this.p50 = new double[rounds];
            this.p99 = new double[rounds];
            this.p999 = new double[rounds];
        }

        private void warmUp(int callsPerSecond, Duration duration) {
            jvm.read();
            request(callsPerSecond, duration);
        }

        private String request(int callsPerSecond, Duration duration) {
            return jvm.request(callsPerSecond + " " + duration.toMillis());
        }

        private void run(int round, int callsPerSecond, Duration duration) {
            double[] micros = Numbers.parse(request(callsPerSecond, duration), 3);
            p50[round] = micros[0];
            p99[round] = micros[1];
            p999[round] = micros[2];
        }

        private Latency found(int callsPerSecond) {
            return new Latency(calls.operation, calls.contestant, callsPerSecond, p50, p99, p999);
        }
    }
}
