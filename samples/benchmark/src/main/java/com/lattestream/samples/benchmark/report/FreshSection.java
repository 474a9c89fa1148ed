package com.lattestream.samples.benchmark.report;

import com.lattestream.samples.benchmark.report.chart.Axis;
import com.lattestream.samples.benchmark.report.chart.Colour;
import com.lattestream.samples.benchmark.report.chart.LineChart;
import com.lattestream.samples.benchmark.result.FreshResults;
import com.lattestream.samples.benchmark.result.FreshVariant;
import com.lattestream.samples.benchmark.result.Spread;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/** The age of values that change all the time, during and after an outage. */
final class FreshSection {

    private static final String TITLE = "Fresh values during an outage";

    private static final List<Colour> COLOURS = List.of(Colour.VERMILION, Colour.OCHRE, Colour.BLUE);

    private FreshSection() {}

    static Section of(FreshResults results) {
        Table numbers = new Table(
                "events",
                ">triggered",
                ">received",
                ">requests",
                ">superseded",
                ">failed",
                ">age before",
                ">oldest value afterwards");
        for (FreshVariant variant : results.variants()) {
            numbers.row(
                    variant.name(),
                    Numbers.whole(variant.triggered()),
                    Numbers.whole(variant.received()),
                    Numbers.whole(variant.requests()),
                    Numbers.whole(variant.superseded()),
                    Numbers.whole(variant.failed()),
                    Numbers.milliseconds(Spread.of(before(variant, results)).median()),
                    Numbers.milliseconds(after(variant, results).max().orElse(0)));
        }
        return new Section(TITLE, words(results), List.of(picture(results)), numbers);
    }

    private static String words(FreshResults results) {
        return """
                A client triggers %s values a second on %d channels, in turn. From second %d to second %d the service closes
                each connection. The age of a value is the time from `trigger` to its arrival at the service; the chart shows
                the oldest value of each second in which values arrived. Without options, the client delivers all values of the
                outage when the service returns. [Expiring and conflated events](delivery.md#fresh-values) are not delivered
                late. When the service has returned, it takes up to 5 seconds until the circuit breaker permits a request.
                The service runs in the same process. Measured on %s, with one run for each kind of events, by

                ```bash
                %s
                ```
                """.formatted(
                        Numbers.whole(results.eventsPerSecond()),
                        results.channels(),
                        results.outageStart(),
                        results.outageEnd(),
                        results.date(),
                        results.command());
    }

    private static Picture picture(FreshResults results) {
        double[] ages = results.variants().stream()
                .flatMapToDouble(variant -> Arrays.stream(variant.maxAge()))
                .filter(age -> age > 0)
                .toArray();
        Axis time = Axis.linear("seconds since the start", Numbers.round(Numbers::plain), results.seconds());
        Axis age = Axis.logarithmic(
                "age of the oldest value that arrives in a second, logarithmic",
                Numbers.round(value -> Numbers.microseconds(value * 1000)),
                DoubleStream.of(ages).min().orElse(1),
                DoubleStream.of(ages).max().orElse(1));
        LineChart chart = new LineChart(TITLE, "The age of the oldest value, for each second.", 960, 360, time, age)
                .gapsBeyond(1);
        for (int i = 0; i < results.variants().size(); i++) {
            FreshVariant variant = results.variants().get(i);
            chart.line(variant.name(), COLOURS.get(i % COLOURS.size()), points(variant));
        }
        return new Picture("fresh-values", TITLE, chart.svg(), false);
    }

    private static List<LineChart.Point> points(FreshVariant variant) {
        List<LineChart.Point> points = new ArrayList<>();
        for (int second = 0; second < variant.maxAge().length; second++) {
            double oldest = variant.maxAge()[second];
            if (oldest > 0) {
                points.add(new LineChart.Point(second, new Spread(oldest, oldest, oldest)));
            }
        }
        return points;
    }

    private static double[] before(FreshVariant variant, FreshResults results) {
        return Arrays.stream(variant.medianAge()).limit(results.outageStart()).toArray();
    }

    private static DoubleStream after(FreshVariant variant, FreshResults results) {
        return Arrays.stream(variant.maxAge()).skip(results.outageEnd());
    }
}
