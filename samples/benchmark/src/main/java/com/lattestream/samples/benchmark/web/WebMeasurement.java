package com.lattestream.samples.benchmark.web;

import com.lattestream.samples.benchmark.result.WebLoad;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/**
 * Measures all stacks in turn. Each has a JVM of its own for the whole run. In each round, each load is measured once,
 * in an order that rotates.
 */
final class WebMeasurement {

    /** The number of connections. */
    static final int CONNECTIONS = 64;

    /** The rate at which latencies are measured, which leaves the servers idle most of the time. */
    static final int REQUESTS_PER_SECOND = 1000;

    private final Path javaHome;

    private final Duration warmUp;

    private final Duration duration;

    private final Consumer<String> progress;

    /**
     * Creates a measurement.
     * @param javaHome the Java of the servers, with virtual threads
     * @param warmUp the time for which each load is sent before the first round
     * @param duration the time for which throughput, and then latency, is measured for each load in a round
     * @param progress receives lines about the progress
     */
    WebMeasurement(Path javaHome, Duration warmUp, Duration duration, Consumer<String> progress) {
        this.javaHome = javaHome;
        this.warmUp = warmUp;
        this.duration = duration;
        this.progress = progress;
    }

    /**
     * Runs the measurement.
     * @param rounds the number of rounds after the warm-up
     * @return the results of all loads, in their order
     */
    List<WebLoad> measure(int rounds) throws InterruptedException {
        Map<Stack, MeasuredServer> servers = new EnumMap<>(Stack.class);
        try {
            for (Stack stack : Stack.values()) {
                servers.put(stack, MeasuredServer.start(javaHome, stack, CONNECTIONS));
            }
            List<Entrant> entrants = new ArrayList<>();
            for (Load load : Loads.all()) {
                MeasuredServer server = servers.get(load.stack());
                if (server == null) {
                    throw new IllegalStateException("No server for " + load.stack());
                }
                entrants.add(new Entrant(load, server, rounds));
            }
            for (Entrant entrant : entrants) {
                entrant.warmUp();
            }
            List<Entrant> order = new ArrayList<>(entrants);
            for (int round = 0; round < rounds; round++) {
                progress.accept("round " + (round + 1) + " of " + rounds);
                for (Entrant entrant : order) {
                    entrant.work(round);
                }
                Collections.rotate(order, 1 + entrants.size() / rounds);
            }
            return entrants.stream().map(Entrant::found).toList();
        } finally {
            servers.values().forEach(MeasuredServer::close);
        }
    }

    private final class Entrant {

        private final Load load;

        private final MeasuredServer server;

        private final double[] requestsPerSecond;

        private final double[] cpuMicros;

        private final double[] p50;

        private final double[] p99;

        private final double[] p999;

        private Entrant(Load load, MeasuredServer server, int rounds) {
            this.load = load;
            this.server = server;
            this.requestsPerSecond = new double[rounds];
            this.cpuMicros = new double[rounds];
            this.p50 = new double[rounds];
            this.p99 = new double[rounds];
            this.p999 = new double[rounds];
        }

        private void warmUp() throws InterruptedException {
            // in parts, so that the warm-up includes the start of a part, as the measured rounds do
            for (int i = 0; i < 3; i++) {
                server.throughput(load, warmUp.dividedBy(3));
            }
            server.latencies(load, REQUESTS_PER_SECOND, warmUp.dividedBy(3));
        }

        private void work(int round) throws InterruptedException {
            MeasuredServer.Throughput throughput = server.throughput(load, duration);
            Histogram latencies = server.latencies(load, REQUESTS_PER_SECOND, duration);
            requestsPerSecond[round] = throughput.requestsPerSecond();
            cpuMicros[round] = throughput.cpuMicros();
            p50[round] = latencies.getValueAtPercentile(50) / 1000.0;
            p99[round] = latencies.getValueAtPercentile(99) / 1000.0;
            p999[round] = latencies.getValueAtPercentile(99.9) / 1000.0;
            progress.accept("  %-28s %-50s %,8.0f requests/s, %6.1f µs of CPU, p50 %,6.0f µs, p99 %,6.0f µs"
                    .formatted(
                            load.path(),
                            load.label(),
                            requestsPerSecond[round],
                            cpuMicros[round],
                            p50[round],
                            p99[round]));
        }

        private WebLoad found() {
            Load floor = load.floor();
            return new WebLoad(
                    load.scenario(),
                    load.label(),
                    floor == null ? "" : floor.label(),
                    requestsPerSecond,
                    cpuMicros,
                    p50,
                    p99,
                    p999);
        }
    }
}
