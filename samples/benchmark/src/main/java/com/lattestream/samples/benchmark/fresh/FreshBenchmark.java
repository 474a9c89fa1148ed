package com.lattestream.samples.benchmark.fresh;

import com.lattestream.core.Event;
import com.lattestream.samples.benchmark.report.ReportWriter;
import com.lattestream.samples.benchmark.result.FreshResults;
import com.lattestream.samples.benchmark.result.FreshVariant;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Measures the age of values that change all the time, during and after an outage, and updates the report with the
 * results. The README of this module contains the command.
 */
public final class FreshBenchmark {

    private static final String COMMAND =
            "mvn -Pbenchmark -Dbenchmark.main=com.lattestream.samples.benchmark.fresh.FreshBenchmark";

    private FreshBenchmark() {}

    /**
     * Runs the measurement, and writes the report.
     * @param args {@code quick} for a short run; then the directory for the report, which defaults to the documentation
     * of this project, relative to the module, or to that of the build for a quick run
     */
    public static void main(String[] args) throws IOException {
        boolean quick = args.length > 0 && args[0].equals("quick");
        Path docs = Path.of(args.length > 1 ? args[1] : quick ? "target/docs" : "../../docs");
        int outageStart = quick ? 1 : 6;
        int outageEnd = quick ? 2 : 18;
        int seconds = quick ? 6 : 30;
        FreshMeasurement measurement = new FreshMeasurement(outageStart, outageEnd, seconds);
        List<FreshVariant> variants = List.of(
                measurement.measure("without options", event -> event),
                measurement.measure("expiring after 5 s", event -> event.expiringAfter(Duration.ofSeconds(5))),
                measurement.measure("conflated", Event::conflated));
        FreshResults results = new FreshResults(
                LocalDate.now(ZoneOffset.UTC).toString(),
                COMMAND,
                FreshMeasurement.EVENTS_PER_SECOND,
                FreshMeasurement.CHANNELS,
                outageStart,
                outageEnd,
                seconds,
                variants);
        System.out.println(new ReportWriter(docs).writeFresh(results));
        // threads of the clients may still be running
        System.exit(0);
    }
}
