package com.lattestream.samples.benchmark.report;

import com.lattestream.samples.benchmark.report.chart.Axis;
import com.lattestream.samples.benchmark.report.chart.BarChart;
import com.lattestream.samples.benchmark.report.chart.Colour;
import com.lattestream.samples.benchmark.result.Spread;
import com.lattestream.samples.benchmark.result.Startup;
import java.util.List;
import java.util.stream.IntStream;

/** What the starter adds to the start of an application. */
final class StartupSection {

    private StartupSection() {}

    static Section of(Startup startup) {
        Spread without = Spread.of(startup.without());
        Spread with = Spread.of(startup.with());
        Spread more = Spread.of(IntStream.range(0, startup.with().length)
                .mapToDouble(round -> startup.with()[round] - startup.without()[round])
                .toArray());
        String title = "Starting an application";
        String words =
                "From the start of the JVM until an empty web application with Actuator is ready, without the starter"
                        + " and with it. Round by round, it adds "
                        + Numbers.spread(more, Numbers::milliseconds) + ".";
        String svg = new BarChart(
                        title,
                        words,
                        760,
                        Axis.linear("milliseconds", Numbers.round(Numbers::plain), Math.max(without.max(), with.max())),
                        Numbers::milliseconds)
                .bar("without the starter", Colour.GREY, without)
                .bar("with the starter", Colour.VERMILION, with)
                .svg();
        Table numbers = new Table("application", ">until it is ready", "")
                .row("without the starter", Numbers.milliseconds(without.median()), range(without))
                .row("with the starter", Numbers.milliseconds(with.median()), range(with))
                .row("what it adds", Numbers.milliseconds(more.median()), range(more));
        return new Section(title, words, List.of(new Picture("startup", title, svg, false)), numbers);
    }

    private static String range(Spread spread) {
        return Numbers.range(spread, Numbers::milliseconds);
    }
}
