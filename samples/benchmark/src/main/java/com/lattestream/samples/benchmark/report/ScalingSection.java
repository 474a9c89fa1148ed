package com.lattestream.samples.benchmark.report;

import com.lattestream.samples.benchmark.report.chart.Axis;
import com.lattestream.samples.benchmark.report.chart.Colour;
import com.lattestream.samples.benchmark.report.chart.LineChart;
import com.lattestream.samples.benchmark.result.Scaling;
import java.util.ArrayList;
import java.util.List;

/** Shows how costs grow with sizes. */
final class ScalingSection {

    /** The ratio of the largest to the smallest cost from which the axis is logarithmic. */
    private static final double WIDE = 10;

    private ScalingSection() {}

    static Section of(List<Scaling> scalings) {
        Table numbers = new Table("measurement", ">size", "", ">cost", "", "");
        List<Picture> pictures = new ArrayList<>();
        for (Scaling scaling : scalings) {
            pictures.add(picture(scaling));
            for (Scaling.Point point : scaling.points()) {
                numbers.row(
                        scaling.title(),
                        Numbers.whole(point.size()),
                        scaling.unit(),
                        Numbers.plain(point.cost().median()),
                        Numbers.range(point.cost(), Numbers::plain),
                        scaling.cost());
            }
        }
        return new Section(
                "Scaling",
                "Costs by size. The band reaches from the lowest round to the highest. If a cost spans more than a factor of"
                        + " ten, both axes are logarithmic, and a cost in proportion to the size is a straight line.",
                pictures,
                numbers);
    }

    private static Picture picture(Scaling scaling) {
        List<Scaling.Point> points = scaling.points();
        double largestSize =
                points.stream().mapToDouble(Scaling.Point::size).max().orElseThrow();
        double smallest =
                points.stream().mapToDouble(point -> point.cost().min()).min().orElseThrow();
        double largest =
                points.stream().mapToDouble(point -> point.cost().max()).max().orElseThrow();
        boolean fromZero = points.stream().anyMatch(point -> point.size() <= 0);
        Axis x = fromZero
                ? Axis.linear(scaling.unit(), Numbers.round(Numbers::count), largestSize)
                : Axis.logarithmicOver(
                        scaling.unit() + ", logarithmic",
                        Numbers.round(Numbers::count),
                        points.stream().mapToDouble(Scaling.Point::size).toArray());
        Axis y = fromZero || smallest <= 0 || largest < WIDE * smallest
                ? Axis.linear(scaling.cost(), Numbers.round(Numbers::count), largest)
                : Axis.logarithmic(scaling.cost() + ", logarithmic", Numbers.round(Numbers::count), smallest, largest);
        String svg = new LineChart(scaling.title(), scaling.cost() + " by " + scaling.unit(), 470, 320, x, y)
                .line(
                        Colour.VERMILION,
                        points.stream()
                                .map(point -> new LineChart.Point(point.size(), point.cost()))
                                .toList())
                .svg();
        return new Picture("scaling-" + Picture.fileName(scaling.title()), scaling.title(), svg, true);
    }
}
