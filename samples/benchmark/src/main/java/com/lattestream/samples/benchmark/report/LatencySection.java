package com.lattestream.samples.benchmark.report;

import com.lattestream.samples.benchmark.report.chart.Axis;
import com.lattestream.samples.benchmark.report.chart.Colour;
import com.lattestream.samples.benchmark.report.chart.DotChart;
import com.lattestream.samples.benchmark.result.Latency;
import com.lattestream.samples.benchmark.result.Spread;
import java.util.ArrayList;
import java.util.List;

/** Shows the latency of calls. */
final class LatencySection {

    private static final String TITLE = "Latency of calls";

    private static final String WORDS =
            "Calls are due at a fixed rate, and the time starts when a call is due, so a call that waits behind a slow call is"
                    + " slow as well. p50 is the median, p99 the time that 99 of 100 calls do not exceed, p99.9 that of 999 of"
                    + " 1000. The axes are logarithmic. The thin lines reach from the lowest round to the highest.";

    private static final List<DotChart.Kind> PERCENTILES = List.of(
            new DotChart.Kind("p50", Colour.BLUE),
            new DotChart.Kind("p99", Colour.OCHRE),
            new DotChart.Kind("p99.9", Colour.VERMILION));

    private LatencySection() {}

    static Section of(List<Latency> latencies) {
        Table numbers = new Table("call", "client", ">calls per second", ">p50", ">p99", ">p99.9");
        for (Latency latency : latencies) {
            List<Spread> values = percentiles(latency);
            numbers.row(
                    latency.operation(),
                    ContestantName.of(latency.contestant()).label(),
                    Numbers.whole(latency.callsPerSecond()),
                    Numbers.spread(values.get(0), Numbers::microseconds),
                    Numbers.spread(values.get(1), Numbers::microseconds),
                    Numbers.spread(values.get(2), Numbers::microseconds));
        }
        List<Picture> pictures = new ArrayList<>();
        latencies.stream()
                .map(Latency::operation)
                .distinct()
                .forEach(operation -> pictures.add(picture(
                        operation,
                        latencies.stream()
                                .filter(latency -> latency.operation().equals(operation))
                                .toList())));
        return new Section(TITLE, WORDS, pictures, numbers);
    }

    private static Picture picture(String operation, List<Latency> latencies) {
        String title = "Latency of " + operation;
        List<Spread> all = latencies.stream()
                .flatMap(latency -> percentiles(latency).stream())
                .toList();
        Axis axis = Axis.logarithmic(
                "time, logarithmic",
                Numbers.round(Numbers::microseconds),
                all.stream().mapToDouble(Spread::min).min().orElseThrow(),
                all.stream().mapToDouble(Spread::max).max().orElseThrow());
        DotChart chart = new DotChart(title, WORDS, 960, axis, Numbers::microseconds, PERCENTILES);
        for (Latency latency : latencies) {
            chart.row(
                    ContestantName.of(latency.contestant()).label(),
                    Numbers.whole(latency.callsPerSecond()) + " calls a second",
                    percentiles(latency));
        }
        return new Picture("latency-" + Picture.fileName(operation), title, chart.svg(), false);
    }

    private static List<Spread> percentiles(Latency latency) {
        return List.of(Spread.of(latency.p50()), Spread.of(latency.p99()), Spread.of(latency.p999()));
    }
}
