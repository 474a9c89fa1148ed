package com.lattestream.samples.benchmark.report;

import com.lattestream.samples.benchmark.result.Machine;
import com.lattestream.samples.benchmark.result.Results;
import com.lattestream.samples.benchmark.result.Spread;
import java.util.List;
import java.util.Set;

/** The report as a page of the documentation. */
final class PerformancePage {

    private static final String COMMENT = """
            <!--
            Written by samples/benchmark. Do not edit: the next run overwrites it.
            mvn -Pbenchmark measures, and writes this page, its pictures and performance/results.json.
            mvn -Pbenchmark -Dbenchmark.main=com.lattestream.samples.benchmark.report.ReportWriter writes the page and its
            pictures again from performance/results.json, jmh.json, web.json and fresh.json, without measuring.
            mvn -Pbenchmark -Dbenchmark.main=com.lattestream.samples.benchmark.web.WebBenchmark measures the web stacks, and
            writes performance/web.json and the page.
            mvn -Pbenchmark -Dbenchmark.main=com.lattestream.samples.benchmark.fresh.FreshBenchmark measures fresh values, and
            writes performance/fresh.json and the page.
            The text is in the package com.lattestream.samples.benchmark.report. The reasons for missed goals
            (goal-notes.properties) and the findings for the web stacks (web-notes.md) are in
            samples/benchmark/src/main/resources.
            -->
            """;

    /** The pictures next to the most important ratios. */
    private static final Set<String> SUMMARY = Set.of("throughput-by-callers", "latency-authorizechannel", "startup");

    private static final String METHOD = """
            All contestants send the same events, which are created in advance: 100 channels, data of 100 bytes as JSON. The
            clients encode the events during the measurement; the floor sends encoded bodies. Each contestant runs in a
            JVM of its own, and all of these JVMs run until the end. The contestants take turns: in each round, each of them
            works once. The order rotates from round to round, so that a change of the machine's state does not favour one
            contestant. The first round is for warm-up, and does not count. A ratio is calculated within a round, so that
            a slow round slows both sides. The page shows the median of the rounds, and in brackets the smallest and the
            largest value.

            An event counts when the sink has accepted it. The sink is nginx, a process of its own on the same machine, which
            reads a request and responds immediately.

            Latencies are measured at a fixed rate, without coordinated omission: the time of a call starts when the call
            is due, not when the previous call has ended. HdrHistogram records them, after enough calls at ten times the
            rate for all code to be compiled.
            """;

    private static final String NOT_MEASURED = """
            - **TLS.** All contestants use plain HTTP. Encryption would add the same cost to each byte and each connection.
            - **A real network.** The loopback interface has almost no latency. The longer the distance to the service, the
              more a request costs, and the more batches gain.
            - **The service.** The rate at which LatteStream accepts and delivers events does not depend on the client.
            - **Other machines.** Contestant and sink share the cores of this one. With more cores, all contestants would be
              faster, but not in the same proportion.
            """;

    private final Results results;

    private final Goals goals;

    private final List<Section> sections;

    private final Table jmh;

    PerformancePage(Results results, Goals goals, List<Section> sections, Table jmh) {
        this.results = results;
        this.goals = goals;
        this.sections = sections;
        this.jmh = jmh;
    }

    String markdown(String pictures) {
        StringBuilder page = new StringBuilder(COMMENT);
        page.append("# Performance\n\n").append(introduction()).append("\n\n");
        for (Section section : sections) {
            section.pictures().stream()
                    .filter(PerformancePage::isInSummary)
                    .forEach(picture -> append(picture, pictures, page)
                            .append(section.words())
                            .append("\n\n"));
        }
        for (Section section : sections) {
            List<Picture> details = section.pictures().stream()
                    .filter(picture -> !isInSummary(picture))
                    .toList();
            if (!details.isEmpty() || section.pictures().isEmpty()) {
                heading(page, section.title()).append(section.words()).append("\n\n");
                details.forEach(picture -> append(picture, pictures, page));
            }
        }
        heading(page, "Goals").append(goals.markdown());
        heading(page, "Numbers");
        page.append("Medians of the rounds, and in brackets the smallest and the largest.\n");
        sections.stream()
                .filter(section -> !section.numbers().isEmpty())
                .forEach(section -> page.append("\n### ")
                        .append(section.title())
                        .append("\n\n")
                        .append(section.numbers().markdown()));
        if (!jmh.isEmpty()) {
            heading(page, "Parts of the client");
            page.append("Measured by JMH. The allocated bytes are those of its garbage collection profiler.\n\n")
                    .append(jmh.markdown());
        }
        heading(page, "Method").append(METHOD).append('\n').append(machine());
        heading(page, "Not measured").append(NOT_MEASURED);
        return page.toString().replaceAll("\n{3,}", "\n\n");
    }

    private String introduction() {
        return """
                This page shows the throughput of LatteStream's client for Java, the latency of its calls, and its costs in
                memory and start-up time. [A benchmark](../samples/benchmark) measured them on %s, in turn with
                pusher-http-java, a client for a similar service, and with the floor: the bare HTTP client that LatteStream's
                client uses, with bodies that are created in advance. [Profiling](../samples/benchmark/PROFILING.md) explains
                the costs.

                %s""".formatted(results.date(), new Headlines(results.throughput()).markdown());
    }

    private String machine() {
        Machine machine = results.machine();
        Table table = new Table("", "")
                .row("processor", machine.processor())
                .row("cores", String.valueOf(machine.cores()))
                .row("memory", machine.memoryGib() + " GiB")
                .row("system", machine.system())
                .row("Java", machine.java());
        if (!machine.otherJava().isEmpty()) {
            table.row("Java, for virtual threads", machine.otherJava());
        }
        table.row("sink", machine.sink());
        return """
                This run had %d rounds, on %s, and was started by

                ```bash
                %s
                ```

                %s%s""".formatted(results.rounds(), results.date(), results.command(), table.markdown(), distance());
    }

    private String distance() {
        return results.coreToCoreNanos().length == 0
                ? ""
                : """

                A cache line took %s ns from one core to another and back, with one value for each round. If this value
                varies, the machine is a virtual one whose cores are moved. Then the cost of data that threads share varies
                as well: the client, which accepts events from all threads and keeps their order, shares much more than the
                floor.

                %s""".formatted(
                                Numbers.spread(Spread.of(results.coreToCoreNanos()), Numbers::plain),
                                new RoundsTable(results).markdown());
    }

    private static boolean isInSummary(Picture picture) {
        return SUMMARY.contains(picture.name());
    }

    private static StringBuilder append(Picture picture, String directory, StringBuilder page) {
        return page.append(picture.markdown(directory)).append(picture.small() ? "\n" : "\n\n");
    }

    private static StringBuilder heading(StringBuilder page, String title) {
        return page.append("\n## ").append(title).append("\n\n");
    }
}
