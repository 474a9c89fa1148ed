package com.lattestream.samples.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.lattestream.samples.benchmark.result.FirstRequest;
import com.lattestream.samples.benchmark.result.Memory;
import com.lattestream.samples.benchmark.result.Results;
import com.lattestream.samples.benchmark.result.Scaling;
import com.lattestream.samples.benchmark.result.Startup;
import com.lattestream.samples.benchmark.result.Throughput;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportWriterTests {

    @TempDir
    Path docs;

    private final Results results = PlausibleResults.all();

    @Test
    void thePageHasEveryContestantByItsHumanName() throws IOException {
        assertThat(page())
                .contains("LatteStream, 1 thread |", "LatteStream, 64 threads |", "LatteStream, 8 virtual threads |")
                .contains("LatteStream without batching, 20 in flight |")
                .contains("pusher-http-java, batches of 10, pool of 20, 20 threads |")
                .contains("bare HttpClient with HMAC, batches of 50, 20 in flight |");
        assertThat(results.throughput())
                .extracting(Throughput::contestant)
                .allSatisfy(contestant -> assertThat(page())
                        .contains("| " + ContestantName.of(contestant).label() + " |")
                        .doesNotContain("| " + contestant + " |"));
    }

    @Test
    void eachGoalHasItsResultAndItsVerdict() throws IOException {
        assertThat(page())
                .contains("| Events: LatteStream / pusher-http-java in batches | ≥ 5 | 5.93× [5.71 – 6.10] | met |")
                .contains("HMAC &amp; batches | ≥ 0.70 | 0.672× [0.640 – 0.710] | **missed** |")
                .contains("| Heap of a waiting event | ≤ 1 | 0.594 KiB | met |");
    }

    @Test
    void aMissedGoalShowsItsReason() throws IOException {
        String key = "throughput-lattestream-8-threads-bare-httpclient-with-hmac-batches";
        new ReportWriter(docs, Map.of(key, "Encoding takes the rest.")).write(results);

        assertThat(docs.resolve("performance.md"))
                .content()
                .contains("HMAC &amp; batches**: Encoding takes the rest.")
                .doesNotContain(key);
    }

    @Test
    void aMissedGoalWithoutAReasonNamesThePlaceForIt() throws IOException {
        assertThat(page()).contains("`throughput-lattestream-8-threads-bare-httpclient-with-hmac-batches`");
    }

    @Test
    void theHeadlinesCompareEachAtItsBest() throws IOException {
        assertThat(page())
                .contains(
                        "- **51.0×** [50.4 – 51.4] the events per second of pusher-http-java, one event for each request: 1.06 M per second"
                                + " (LatteStream, 4 threads), against 20.8 k per second (pusher-http-java, pool of 20, 20 threads)");
    }

    @Test
    void everyPictureOfThePageIsThereAndWellFormed() throws Exception {
        Matcher sources = Pattern.compile("performance/[a-z0-9-]+\\.svg").matcher(page());
        List<String> pictures = sources.results().map(result -> result.group()).toList();

        assertThat(pictures)
                .contains("performance/throughput.svg", "performance/latency-trigger.svg", "performance/heap.svg")
                .contains("performance/scaling-channels-per-trigger.svg", "performance/startup.svg")
                .hasSize(9);
        for (String picture : pictures) {
            DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(docs.resolve(picture).toFile());
        }
    }

    @Test
    void noPictureIsWrittenOverAnother() {
        List<Scaling> twice = new ArrayList<>(results.scaling());
        twice.add(results.scaling().get(0));
        Results ambiguous = new Results(
                results.date(),
                results.command(),
                results.rounds(),
                results.machine(),
                results.throughput(),
                results.sinkRequestsPerSecond(),
                results.coreToCoreNanos(),
                results.latency(),
                twice,
                results.startup(),
                results.firstRequest(),
                results.memory(),
                results.goals());

        assertThatExceptionOfType(FileAlreadyExistsException.class)
                .isThrownBy(() -> new ReportWriter(docs).write(ambiguous))
                .withMessageContaining("scaling-channels-per-trigger.svg");
    }

    @Test
    void aPictureWithoutAMeasurementIsDeleted() throws IOException {
        Path old = Files.createDirectories(docs.resolve("performance")).resolve("scaling-of-old.svg");
        Files.writeString(old, "<svg/>");
        page();

        assertThat(old).doesNotExist();
    }

    @Test
    void resultsAreReadBackAsTheyWere() throws IOException {
        ReportWriter writer = new ReportWriter(docs);
        writer.write(results);

        assertThat(writer.read()).usingRecursiveComparison().isEqualTo(results);
    }

    @Test
    void theReportWrittenAnewFromItsResultsIsTheSame() throws IOException {
        String page = page();
        Files.delete(docs.resolve("performance.md"));
        ReportWriter.main(new String[] {docs.toString()});

        assertThat(docs.resolve("performance.md")).content().isEqualTo(page);
    }

    @Test
    void jmhsResultsAreShownIfTheyAreThere() throws IOException {
        assertThat(page()).doesNotContain("## Parts of the client", "Measured by JMH");

        Files.writeString(docs.resolve("performance/jmh.json"), """
                [{"benchmark": "com.lattestream.samples.benchmark.jmh.Signing.sign", "mode": "avgt",
                  "params": {"bytes": "100"},
                  "primaryMetric": {"score": 1.2345, "scoreError": 0.05, "scoreUnit": "us/op"},
                  "secondaryMetrics": {"gc.alloc.rate.norm": {"score": 1056.0001, "scoreError": "NaN"}}},
                 {"benchmark": "com.lattestream.samples.benchmark.jmh.Names.check", "mode": "thrpt",
                  "primaryMetric": {"score": 12345.6, "scoreError": "NaN", "scoreUnit": "ops/ms"},
                  "secondaryMetrics": {}}]
                """);
        assertThat(page())
                .contains("| Signing.sign (bytes 100) | 1.23 | ± 0.0500 | µs/op | 1,056 B |")
                .contains("| Names.check | 12,346 |  | ops/ms |  |");
    }

    @Test
    void theWebStacksAreComparedWithTheirFloorsIfTheyWereMeasured() throws IOException {
        assertThat(page()).doesNotContain("WebFlux");

        String part = new ReportWriter(docs).writeWeb(PlausibleResults.web());

        assertThat(part)
                .contains("### `POST /auth`\n", "### `POST /auth`, an authorizer that waits\n")
                .contains("| MVC: controller | 20.0 k [10.0 k – 30.0 k] |  |  | 40.0 µs |  | 200 µs |")
                .contains(
                        "| MVC: authorizer | 15.0 k [7.50 k – 22.5 k] | 0.750× [0.750× – 0.750×] |  | 40.0 µs | 1.00× [1.00× – 1.00×] |")
                .contains(
                        "| WebFlux: authorizer | 18.0 k [9.00 k – 27.0 k] | 0.600× [0.600× – 0.600×] | 1.20× [1.20× – 1.20×] |")
                .contains("| MVC: waiting | 4.00 k [2.00 k – 6.00 k] |  |  |")
                .contains("| WebFlux: waiting | 8.00 k [4.00 k – 12.0 k] |  | 2.00× [2.00× – 2.00×] |");
        assertThat(docs.resolve("performance.md")).content().contains("## On Spring MVC and Spring WebFlux\n", part);
        assertThat(page()).contains(part);
    }

    @Test
    void theAgeOfFreshValuesIsShownIfItWasMeasured() throws IOException {
        assertThat(page()).doesNotContain("Fresh values");

        String numbers = new ReportWriter(docs).writeFresh(PlausibleResults.fresh());

        assertThat(numbers)
                .contains("| without options | 4,000 | 4,010 | 81 | 0 | 0 | 50.0 ms | 1,100 ms |")
                .contains("| conflated | 4,000 | 3,200 | 70 | 800 | 0 | 50.0 ms | 200 ms |");
        assertThat(page())
                .contains("## Fresh values during an outage", numbers)
                .contains("(performance/fresh-values.svg)")
                .contains("From second 1 to second 2 the service closes");
        assertThat(docs.resolve("performance/fresh-values.svg")).content().contains("without options", "conflated");
    }

    @Test
    void theReportShowsTheTimeBetweenTheCores() throws IOException {
        assertThat(page()).contains("A cache line took 72.0 [70.0 – 340] ns from one core");
    }

    @Test
    void eachStarterShowsTheTimeThatItAdds() throws IOException {
        assertThat(page())
                .contains("LatteStream's starter adds 112 ms", "6.55 % of the median")
                .contains("| with Spring Boot's AMQP starter | 1,920 ms |", "| 210 ms |")
                .contains("| with Spring Boot's Kafka starter | 1,840 ms |", "| 130 ms |");
    }

    @Test
    void theFirstRequestIsComparedWithALaterOne() throws IOException {
        assertThat(page()).contains("| the first | 412 ms |", "| one after 1,000 others | 1.40 ms |");
    }

    @Test
    void resultsWithoutTheOtherStartersCanBeReported() throws IOException {
        Startup startup = new Startup(new double[] {1000}, new double[] {1100}, new double[0], new double[0]);

        assertThat(StartupSection.of(startup).words())
                .contains("LatteStream's starter adds 100 ms")
                .doesNotContain("AMQP", "Kafka");
    }

    @Test
    void missingMeasurementsAreNotShown() throws IOException {
        Results little = new Results(
                results.date(),
                results.command(),
                results.rounds(),
                results.machine(),
                results.throughput().subList(0, 1),
                new double[0],
                new double[0],
                List.of(),
                List.of(),
                new Startup(new double[0], new double[0], new double[0], new double[0]),
                new FirstRequest(new double[0], new double[0]),
                new Memory(0, 0, 0, 0),
                results.goals());
        new ReportWriter(docs).write(little);

        try (Stream<Path> written = Files.list(docs.resolve("performance"))) {
            assertThat(written)
                    .extracting(path -> path.getFileName().toString())
                    .containsExactlyInAnyOrder("results.json", "throughput.svg", "throughput-by-callers.svg");
        }
    }

    private String page() throws IOException {
        new ReportWriter(docs).write(results);
        return Files.readString(docs.resolve("performance.md"));
    }
}
