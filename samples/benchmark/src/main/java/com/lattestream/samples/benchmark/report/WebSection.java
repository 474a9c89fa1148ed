package com.lattestream.samples.benchmark.report;

import com.lattestream.samples.benchmark.result.Spread;
import com.lattestream.samples.benchmark.result.WebLoad;
import com.lattestream.samples.benchmark.result.WebResults;
import java.util.List;

/** The endpoints of the starter on Spring MVC and Spring WebFlux. */
final class WebSection {

    private WebSection() {}

    /**
     * Creates the section.
     * @param results the results
     * @param notes the explanation of the results
     * @return the section
     */
    static Section of(WebResults results, String notes) {
        StringBuilder words = new StringBuilder(introduction(results));
        results.loads().stream()
                .map(WebLoad::scenario)
                .distinct()
                .forEach(scenario -> words.append("\n### ")
                        .append(
                                scenario.startsWith("POST ")
                                        ? scenario.replaceFirst("POST (\\S+[^,\\s])", "`POST $1`")
                                        : scenario)
                        .append("\n\n")
                        .append(table(results.loads().stream()
                                .filter(load -> load.scenario().equals(scenario))
                                .toList())));
        words.append('\n').append(notes.strip());
        return new Section("On Spring MVC and Spring WebFlux", words.toString(), List.of(), new Table());
    }

    private static String introduction(WebResults results) {
        return """
                Requests to the endpoints of the starter, on each web stack, measured on %s with %d rounds in one run:

                ```bash
                %s
                ```

                Each stack runs in a JVM of its own (%s), all of them through the whole run: Spring MVC
                on Tomcat with platform and with virtual threads, Spring WebFlux on Netty. The loads take turns in each round.
                Authorizations are signed locally. One process, with Apache HttpClient, sends the requests over connections that
                stay open; it shares the %d cores with the servers. A run fails if a single response has another status than
                expected, or if a webhook does not reach the listener.

                - **Requests a second** with %d connections busy, and **CPU** of the server's process for each request.
                - **p50 and p99** at a fixed rate of %s requests a second, from the moment at which a request was due.
                - **controller** is the floor: a controller of the same application that reads the same body and does
                  nothing. **of the floor** is the ratio to it within a round; what differs from 1 is the starter's own cost.
                """.formatted(
                        results.date(),
                        results.rounds(),
                        results.command(),
                        results.machine().otherJava(),
                        results.machine().cores(),
                        results.connections(),
                        Numbers.whole(results.requestsPerSecond()));
    }

    private static String table(List<WebLoad> loads) {
        boolean floors = loads.stream().anyMatch(load -> !load.floor().isEmpty());
        WebLoad first = loads.stream()
                .filter(load -> !floors || !load.floor().isEmpty())
                .findFirst()
                .orElseThrow();
        Table table = new Table(
                "stack",
                ">requests a second",
                ">of the floor",
                ">of the first stack",
                ">CPU",
                ">of the floor's",
                ">p50",
                ">p99");
        for (WebLoad load : loads) {
            boolean floor = floors && load.floor().isEmpty();
            table.row(
                    load.label(),
                    Numbers.spread(Spread.of(load.requestsPerSecond()), Numbers::count),
                    load.floor().isEmpty()
                            ? ""
                            : ratio(
                                    load.requestsPerSecond(),
                                    floorOf(load, loads).requestsPerSecond()),
                    floor || load.label().equals(first.label())
                            ? ""
                            : ratio(load.requestsPerSecond(), first.requestsPerSecond()),
                    Numbers.microseconds(Spread.of(load.cpuMicros()).median()),
                    load.floor().isEmpty()
                            ? ""
                            : ratio(load.cpuMicros(), floorOf(load, loads).cpuMicros()),
                    Numbers.microseconds(Spread.of(load.p50()).median()),
                    Numbers.spread(Spread.of(load.p99()), Numbers::microseconds));
        }
        return table.markdown();
    }

    private static WebLoad floorOf(WebLoad load, List<WebLoad> loads) {
        return loads.stream()
                .filter(other -> other.label().equals(load.floor()))
                .findFirst()
                .orElseThrow();
    }

    private static String ratio(double[] values, double[] base) {
        return Numbers.spread(Spread.ofRatios(values, base), ratio -> Numbers.plain(ratio) + "×");
    }
}
