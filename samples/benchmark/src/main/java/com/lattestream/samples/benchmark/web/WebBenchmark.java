package com.lattestream.samples.benchmark.web;

import com.lattestream.samples.benchmark.process.Hardware;
import com.lattestream.samples.benchmark.report.ReportWriter;
import com.lattestream.samples.benchmark.result.WebResults;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Measures requests to the starter on Spring MVC and Spring WebFlux, and updates the report with the results. The
 * README of this module contains the command.
 */
public final class WebBenchmark {

    private static final String COMMAND =
            "mvn -Pbenchmark -Dbenchmark.main=com.lattestream.samples.benchmark.web.WebBenchmark";

    private WebBenchmark() {}

    /**
     * Runs the measurement, and writes the report.
     * @param args {@code quick} for a short run that only checks that all loads work; then the directory for the
     * report, which defaults to the documentation of this project, relative to the module, or to that of the build for
     * a quick run
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        boolean quick = args.length > 0 && args[0].equals("quick");
        Path docs = Path.of(args.length > 1 ? args[1] : quick ? "target/docs" : "../../docs");
        Optional<Path> java = Hardware.javaWithVirtualThreads();
        if (java.isEmpty()) {
            throw new IllegalStateException(
                    "This compares virtual threads too: run it with a JDK of 21 or later, or install " + "one beside "
                            + System.getProperty("java.home"));
        }
        // with many short rounds, a disturbance of the machine affects all loads of a round
        int rounds = quick ? 2 : 15;
        WebMeasurement measurement = new WebMeasurement(
                java.get(),
                quick ? Duration.ofMillis(600) : Duration.ofSeconds(6),
                quick ? Duration.ofMillis(300) : Duration.ofMillis(700),
                System.out::println);
        WebResults results = new WebResults(
                LocalDate.now(ZoneOffset.UTC).toString(),
                COMMAND,
                rounds,
                WebMeasurement.CONNECTIONS,
                WebMeasurement.REQUESTS_PER_SECOND,
                Hardware.describe(java, ""),
                measurement.measure(rounds));
        ReportWriter writer = new ReportWriter(docs);
        System.out.println(writer.writeWeb(results));
        // threads of HTTP clients may still be running
        System.exit(0);
    }
}
