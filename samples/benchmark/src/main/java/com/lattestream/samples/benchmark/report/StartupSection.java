package com.lattestream.samples.benchmark.report;

import com.lattestream.samples.benchmark.report.chart.Axis;
import com.lattestream.samples.benchmark.report.chart.BarChart;
import com.lattestream.samples.benchmark.report.chart.Colour;
import com.lattestream.samples.benchmark.result.Spread;
import com.lattestream.samples.benchmark.result.Startup;
import java.util.ArrayList;
import java.util.List;

/** The time that starters add to the start of an application. */
final class StartupSection {

    private static final String TITLE = "Starting an application";

    private StartupSection() {}

    static Section of(Startup startup) {
        Spread without = Spread.of(startup.without());
        List<Starter> starters = starters(startup);
        StringBuilder words = new StringBuilder(
                "Time from the start of the JVM until an empty web application with Actuator is ready, without and"
                        + " with a starter for messages.");
        for (Starter starter : starters) {
            words.append(" ")
                    .append(starter.name)
                    .append(" adds ")
                    .append(Numbers.spread(starter.added, Numbers::milliseconds))
                    .append(", ")
                    .append(percent(starter, without))
                    .append(" of the median.");
        }
        double longest =
                starters.stream().mapToDouble(starter -> starter.times.max()).reduce(without.max(), Math::max);
        BarChart chart = new BarChart(
                        TITLE,
                        words.toString(),
                        760,
                        Axis.linear("milliseconds", Numbers.round(Numbers::plain), longest),
                        Numbers::milliseconds)
                .bar("without a starter", Colour.GREY, without);
        Table numbers = new Table("application", ">until it is ready", "", ">added", "", ">added to the median")
                .row("without a starter", Numbers.milliseconds(without.median()), range(without), "", "", "");
        for (Starter starter : starters) {
            chart.bar("with " + starter.name, starter.colour, starter.times);
            numbers.row(
                    "with " + starter.name,
                    Numbers.milliseconds(starter.times.median()),
                    range(starter.times),
                    Numbers.milliseconds(starter.added.median()),
                    range(starter.added),
                    percent(starter, without));
        }
        return new Section(
                TITLE, words.toString(), List.of(new Picture("startup", TITLE, chart.svg(), false)), numbers);
    }

    private static List<Starter> starters(Startup startup) {
        List<Starter> starters = new ArrayList<>();
        starters.add(Starter.of("LatteStream's starter", Colour.VERMILION, startup, startup.with()));
        if (startup.withAmqp().length > 0) {
            starters.add(Starter.of("Spring Boot's AMQP starter", Colour.BLUE, startup, startup.withAmqp()));
        }
        if (startup.withKafka().length > 0) {
            starters.add(Starter.of("Spring Boot's Kafka starter", Colour.GREEN, startup, startup.withKafka()));
        }
        return starters;
    }

    private static String percent(Starter starter, Spread without) {
        return Numbers.plain(100 * starter.added.median() / without.median()) + " %";
    }

    private static String range(Spread spread) {
        return Numbers.range(spread, Numbers::milliseconds);
    }

    private record Starter(String name, Colour colour, Spread times, Spread added) {

        private static Starter of(String name, Colour colour, Startup startup, double[] times) {
            return new Starter(name, colour, Spread.of(times), startup.added(times));
        }
    }
}
