package com.lattestream.samples.benchmark.report;

import com.lattestream.samples.benchmark.result.Machine;
import com.lattestream.samples.benchmark.result.Results;
import com.lattestream.samples.benchmark.result.Spread;
import java.util.List;

/** The report as a page of the documentation. */
final class PerformancePage {

    private static final String COMMENT = """
            <!--
            Written by samples/benchmark. Do not edit: the next run overwrites it.
            mvn -Pbenchmark measures, and writes this page, its pictures and performance/results.json.
            mvn -Pbenchmark -Dbenchmark.main=com.lattestream.samples.benchmark.report.ReportWriter writes the page and its
            pictures anew from performance/results.json, performance/jmh.json and performance/web.json, without measuring.
            mvn -Pbenchmark -Dbenchmark.main=com.lattestream.samples.benchmark.web.WebBenchmark measures the web stacks, and
            writes performance/web.json and the page.
            Its words are in the package com.lattestream.samples.benchmark.report; the reasons for missed goals, and what
            profiling has led to, and what the web stacks have shown, in samples/benchmark/src/main/resources:
            goal-notes.properties, profiling.md and web-notes.md.
            -->
            """;

    private static final String METHOD = """
            Everybody sends the same events, made beforehand: 100 channels, data of 100 bytes as JSON. The clients
            encode them as they go; the floor posts bodies that are encoded already. Each contestant is in a JVM of its
            own, and all of these are alive through the whole run. They take turns: in each round everybody works once,
            in an order that rotates from round to round, so that nobody always has the machine when it is warm, or
            cold. The first round is to warm up, and does not count. A ratio is taken within a round, so that what slows a round
            down slows both sides. What is told is the median of the rounds, and in brackets the smallest and the largest.

            An event counts when the sink has accepted it. The sink is nginx, a process of its own on the same machine, which
            reads a request and answers it at once.

            Latencies are measured at a fixed rate, without coordinated omission: the clock of a call starts when the call
            was due, not when the one before it was done. They are recorded by HdrHistogram, after so many calls at ten times
            the rate that everything is compiled.
            """;

    private static final String NOT_MEASURED = """
            - **TLS.** Everybody speaks plain HTTP; encryption would add the same to every byte and every connection.
            - **A real network.** Loopback has no latency to speak of. The further away the service is, the more a request
              costs, and the more it is worth to send several events in one.
            - **The service.** How fast LatteStream itself accepts and delivers events is not the client's doing.
            - **Other machines.** Contestant and sink share the cores of this one. With more of them everybody would be faster,
              though not in the same proportion.
            """;

    private final Results results;

    private final Goals goals;

    private final List<Section> sections;

    private final Table jmh;

    private final String profiling;

    PerformancePage(Results results, Goals goals, List<Section> sections, Table jmh, String profiling) {
        this.results = results;
        this.goals = goals;
        this.sections = sections;
        this.jmh = jmh;
        this.profiling = profiling;
    }

    String markdown(String pictures) {
        StringBuilder page = new StringBuilder(COMMENT);
        page.append("# Performance\n\n").append(introduction());
        heading(page, "Goals").append(goals.markdown());
        for (Section section : sections) {
            heading(page, section.title()).append(section.words()).append("\n\n");
            section.pictures()
                    .forEach(
                            picture -> page.append(picture.markdown(pictures)).append(picture.small() ? "\n" : "\n\n"));
        }
        heading(page, "The numbers");
        page.append("Medians of the rounds, and in brackets the smallest and the largest.\n");
        sections.stream()
                .filter(section -> !section.numbers().isEmpty())
                .forEach(section -> page.append("\n### ")
                        .append(section.title())
                        .append("\n\n")
                        .append(section.numbers().markdown()));
        if (!jmh.isEmpty()) {
            heading(page, "Parts of the client, alone");
            page.append("Measured by JMH, with the bytes that its garbage collection profiler counts.\n\n")
                    .append(jmh.markdown());
        }
        heading(page, "What profiling has led to").append(profiling);
        heading(page, "How it is measured").append(METHOD).append('\n').append(machine());
        heading(page, "What is not measured").append(NOT_MEASURED);
        return page.toString().replaceAll("\n{3,}", "\n\n");
    }

    private String introduction() {
        return """
                How fast LatteStream's client for Java is: how many events it gets through, how long a call takes, and what it
                costs to have it. [A benchmark](../samples/benchmark) has measured it on %s, in turn with pusher-http-java,
                which does the same job for a similar service, and with the floor: the bare HTTP client that LatteStream's
                stands on, with bodies made beforehand.

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

                A cache line took %s ns from one core to another and back, one value a round. Where that varies, the machine
                is a virtual one whose cores are moved about, and so does whatever threads share with each other: much in
                a client that takes events from any thread and keeps them in order, hardly anything in the floor.
                """.formatted(Numbers.spread(Spread.of(results.coreToCoreNanos()), Numbers::plain));
    }

    private static StringBuilder heading(StringBuilder page, String title) {
        return page.append("\n## ").append(title).append("\n\n");
    }
}
