package com.lattestream.samples.benchmark;

import com.lattestream.samples.benchmark.measure.FirstSecondsMeasurement;
import com.lattestream.samples.benchmark.measure.LatencyMeasurement;
import com.lattestream.samples.benchmark.measure.MemoryMeasurement;
import com.lattestream.samples.benchmark.measure.ScalingMeasurement;
import com.lattestream.samples.benchmark.measure.ThroughputMeasurement;
import com.lattestream.samples.benchmark.measure.ThroughputMeasurement.Entrant;
import com.lattestream.samples.benchmark.micro.MicroBenchmarks;
import com.lattestream.samples.benchmark.process.ForkedJvm;
import com.lattestream.samples.benchmark.process.Hardware;
import com.lattestream.samples.benchmark.process.Sink;
import com.lattestream.samples.benchmark.report.ReportWriter;
import com.lattestream.samples.benchmark.result.FirstRequest;
import com.lattestream.samples.benchmark.result.Latency;
import com.lattestream.samples.benchmark.result.Memory;
import com.lattestream.samples.benchmark.result.Results;
import com.lattestream.samples.benchmark.result.Scaling;
import com.lattestream.samples.benchmark.result.Spread;
import com.lattestream.samples.benchmark.result.Startup;
import com.lattestream.samples.benchmark.startup.StartupMeasurement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Measures everything, and writes the report. Started by {@code mvn -Pbenchmark}: see the README beside it.
 */
public final class Benchmark {

    private static final String COMMAND = "mvn -Pbenchmark";

    private static final int CALLS_PER_SECOND = 1000;

    private static final Duration FIRST_SECONDS = Duration.ofSeconds(10);

    private Benchmark() {}

    /**
     * Measures, and writes the report.
     * @param args {@code quick} for a run that only shows that everything works; then the directory for the report, which
     * is otherwise the documentation of this project, seen from the module, or that of the build for a quick run
     */
    public static void main(String[] args) throws IOException {
        boolean quick = args.length > 0 && args[0].equals("quick");
        Path docs = Path.of(args.length > 1 ? args[1] : quick ? "target/docs" : "../../docs");
        Files.createDirectories(docs);
        Effort effort = quick ? Effort.QUICK : Effort.WHOLE;
        try (Sink sink = Sink.start()) {
            new ReportWriter(docs).write(measure(sink.port(), effort, docs));
        }
        print("The report is " + docs.resolve("performance.md").toAbsolutePath().normalize());
        // JMH may have left a thread behind
        System.exit(0);
    }

    private static Results measure(int port, Effort effort, Path docs) {
        Optional<Path> otherJava = Hardware.javaWithVirtualThreads();
        print("Throughput");
        ThroughputMeasurement.Found throughput = new ThroughputMeasurement(
                        port, effort.warmUp, effort.duration, Benchmark::print)
                .measure(entrants(otherJava), effort.rounds);
        print("The first seconds");
        Spread firstSeconds = new FirstSecondsMeasurement(
                        port, effort.warmUp.compareTo(FIRST_SECONDS) < 0 ? effort.warmUp : FIRST_SECONDS)
                .measure(effort.rounds);
        print("Latency");
        List<Latency> latency =
                new LatencyMeasurement(port, CALLS_PER_SECOND).measure(effort.rounds, effort.duration.multipliedBy(3));
        print("Scaling");
        List<Scaling> scaling = new ScalingMeasurement(port).measure(effort.rounds, effort.duration);
        print("Memory");
        Memory memory = new MemoryMeasurement(port).measure(effort.queuedEvents);
        print("Start-up");
        StartupMeasurement starts = new StartupMeasurement(port);
        Startup startup = starts.measure(effort.starts);
        FirstRequest firstRequest = starts.measureFirstRequest(effort.starts);
        print("The parts, with JMH");
        MicroBenchmarks.Found micro =
                MicroBenchmarks.run(port, docs.resolve("performance").resolve("jmh.json"), effort == Effort.QUICK);
        return new Results(
                LocalDate.now(ZoneOffset.UTC).toString(),
                COMMAND,
                effort.rounds,
                Hardware.describe(otherJava, Sink.version()),
                throughput.throughput(),
                throughput.sinkRequestsPerSecond(),
                throughput.coreToCoreNanos(),
                latency,
                scaling,
                startup,
                firstRequest,
                memory,
                new GoalCheck(throughput.throughput(), firstSeconds, latency, startup, micro).goals());
    }

    private static List<Entrant> entrants(Optional<Path> javaWithVirtualThreads) {
        Path java = ForkedJvm.thisJavaHome();
        List<Entrant> entrants = new ArrayList<>();
        Stream.of(1, 2, 4, 8, 16, 32, 64).forEach(callers -> entrants.add(new Entrant("lattestream-" + callers, java)));
        javaWithVirtualThreads.ifPresent(other -> Stream.of(1, 8, 64)
                .forEach(callers -> entrants.add(new Entrant("lattestream-virtual-" + callers, other))));
        Stream.of(
                        "lattestream-unbatched-20",
                        "pusher-1",
                        "pusher-20",
                        "pusher-pool-20-1",
                        "pusher-pool-20-4",
                        "pusher-pool-20-20",
                        "pusher-pool-20-64",
                        "pusher-batch-20",
                        "pusher-batch-pool-20-1",
                        "pusher-batch-pool-20-4",
                        "pusher-batch-pool-20-20",
                        "pusher-batch-pool-20-64",
                        "floor-batch-20",
                        "floor-batch-hmac-20",
                        "floor-single-20",
                        "floor-single-hmac-20")
                .forEach(name -> entrants.add(new Entrant(name, java)));
        return entrants;
    }

    private static void print(String text) {
        System.out.println(text);
    }

    /** How long everything takes. */
    private enum Effort {
        WHOLE(Duration.ofSeconds(12), Duration.ofSeconds(2), 5, 1_000_000, 20),

        QUICK(Duration.ofMillis(500), Duration.ofMillis(200), 2, 10_000, 1);

        private final Duration warmUp;

        private final Duration duration;

        private final int rounds;

        private final int queuedEvents;

        private final int starts;

        Effort(Duration warmUp, Duration duration, int rounds, int queuedEvents, int starts) {
            this.warmUp = warmUp;
            this.duration = duration;
            this.rounds = rounds;
            this.queuedEvents = queuedEvents;
            this.starts = starts;
        }
    }
}
