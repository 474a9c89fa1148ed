package com.lattestream.samples.benchmark.report;

import com.lattestream.samples.benchmark.report.chart.Axis;
import com.lattestream.samples.benchmark.report.chart.BarChart;
import com.lattestream.samples.benchmark.report.chart.LineChart;
import com.lattestream.samples.benchmark.result.Results;
import com.lattestream.samples.benchmark.result.Spread;
import com.lattestream.samples.benchmark.result.Throughput;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Shows the throughput of contestants: by the number of callers, and in comparison with each other. */
final class ThroughputSections {

    private final List<Contestant> contestants;

    private final double[] sinkRequestsPerSecond;

    ThroughputSections(Results results) {
        this.contestants = results.throughput().stream().map(Contestant::of).toList();
        this.sinkRequestsPerSecond = results.sinkRequestsPerSecond();
    }

    List<Section> all() {
        List<Section> sections = new ArrayList<>();
        if (contestants.stream().anyMatch(ThroughputSections::isCaller)) {
            sections.add(againstCallers());
        }
        if (!contestants.isEmpty()) {
            sections.add(allContestants());
        }
        return sections;
    }

    private Section againstCallers() {
        String title = "Events per second by number of callers";
        String words =
                "Both axes are logarithmic. A line is the median of the rounds, the band around it reaches from the"
                        + " slowest round to the fastest. The dashed line is the floor: the HTTP client that LatteStream's client uses, which"
                        + " only signs and sends encoded bodies.";
        List<Contestant> callers =
                contestants.stream().filter(ThroughputSections::isCaller).toList();
        List<Contestant> floors = contestants.stream()
                // only the floors that sign do the same as a client; the bars show the other floors
                .filter(contestant ->
                        contestant.is(Series.FLOOR_BATCH_SIGNED) || contestant.is(Series.FLOOR_SINGLE_SIGNED))
                .toList();
        LineChart chart = new LineChart(
                title,
                words,
                960,
                480,
                Axis.logarithmicOver(
                        "threads, or requests in flight",
                        Numbers.round(Numbers::plain),
                        callers.stream()
                                .mapToDouble(contestant -> contestant.name.atOnce())
                                .toArray()),
                rates(callers, floors));
        for (Series series : Series.values()) {
            List<LineChart.Point> points = callers.stream()
                    .filter(contestant -> contestant.is(series))
                    .sorted(Comparator.comparingInt(contestant -> contestant.name.atOnce()))
                    .map(contestant -> new LineChart.Point(contestant.name.atOnce(), contestant.events))
                    .toList();
            if (!points.isEmpty()) {
                chart.line(series.label(), series.colour(), points);
            }
        }
        floors.forEach(
                floor -> chart.reference(floor.name.series().orElseThrow().label(), floor.events.median()));
        return new Section(
                title, words, List.of(new Picture("throughput-by-callers", title, chart.svg(), false)), new Table());
    }

    private Section allContestants() {
        String title = "Events per second of all contestants";
        String words =
                "The axis is logarithmic: equal distances are equal factors, so the lengths of the bars cannot be compared. The thin line"
                        + " reaches from the slowest round to the fastest.";
        List<Contestant> sorted = contestants.stream()
                .sorted(Comparator.comparingDouble((Contestant contestant) -> contestant.events.median())
                        .reversed())
                .toList();
        BarChart chart = new BarChart(title, words, 960, rates(sorted, List.of()), Numbers::count);
        for (Series.Family family : Series.Family.values()) {
            if (sorted.stream().anyMatch(contestant -> contestant.name.isOf(family))) {
                chart.legend(family.label(), family.colour());
            }
        }
        Table numbers = new Table("contestant", ">events per second", "", ">requests per second", "");
        for (Contestant contestant : sorted) {
            chart.bar(contestant.name.label(), contestant.name.colour(), contestant.events);
            numbers.row(
                    contestant.name.label(),
                    Numbers.count(contestant.events.median()),
                    Numbers.range(contestant.events, Numbers::count),
                    Numbers.count(contestant.requests.median()),
                    Numbers.range(contestant.requests, Numbers::count));
        }
        return new Section(
                title, words + sink(), List.of(new Picture("throughput", title, chart.svg(), false)), numbers);
    }

    private String sink() {
        if (sinkRequestsPerSecond.length == 0) {
            return "";
        }
        return " A load generator sends " + Numbers.spread(Spread.of(sinkRequestsPerSecond), Numbers::count)
                + " small requests per second to the sink, which is the upper bound for contestants that send each event in a request of its own.";
    }

    private static Axis rates(List<Contestant> some, List<Contestant> others) {
        List<Contestant> all = new ArrayList<>(some);
        all.addAll(others);
        return Axis.logarithmic(
                "events per second, logarithmic",
                Numbers.round(Numbers::count),
                all.stream()
                        .mapToDouble(contestant -> contestant.events.min())
                        .min()
                        .orElseThrow(),
                all.stream()
                        .mapToDouble(contestant -> contestant.events.max())
                        .max()
                        .orElseThrow());
    }

    private static boolean isCaller(Contestant contestant) {
        return contestant.name.atOnce() > 0 && !contestant.name.isOf(Series.Family.FLOOR);
    }

    private record Contestant(ContestantName name, Spread events, Spread requests) {

        private static Contestant of(Throughput throughput) {
            return new Contestant(
                    ContestantName.of(throughput.contestant()),
                    Spread.of(throughput.eventsPerSecond()),
                    Spread.of(throughput.requestsPerSecond()));
        }

        private boolean is(Series series) {
            return name.series().filter(series::equals).isPresent();
        }
    }
}
