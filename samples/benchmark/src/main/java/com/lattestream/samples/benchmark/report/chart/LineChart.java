package com.lattestream.samples.benchmark.report.chart;

import com.lattestream.samples.benchmark.result.Spread;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * A chart of lines with a common axis. Each line has its name at its end, and a band from the minimum to the maximum.
 */
public final class LineChart {

    private static final double LEFT = 64;

    private static final double TOP = 64;

    /** The padding for points at the ends of the axis. */
    private static final double PADDING = 14;

    private static final double LEADER = 28;

    private static final double SWATCH = 22;

    private static final double LINE_HEIGHT = 17;

    private final String title;

    private final String description;

    private final double width;

    private final double height;

    private final Axis x;

    private final Axis y;

    private final List<Line> lines = new ArrayList<>();

    private final List<Reference> references = new ArrayList<>();

    private double maxDistance = Double.POSITIVE_INFINITY;

    /** Creates a chart without lines, with this size in pixels. */
    public LineChart(String title, String description, double width, double height, Axis x, Axis y) {
        this.title = title;
        this.description = description;
        this.width = width;
        this.height = height;
        this.x = x;
        this.y = y;
    }

    /** Adds a line. */
    public LineChart line(String name, Colour colour, List<Point> points) {
        lines.add(new Line(name, colour, points));
        return this;
    }

    /** Adds a line without a name, for a chart with a single line. */
    public LineChart line(Colour colour, List<Point> points) {
        return line("", colour, points);
    }

    /** Adds a horizontal line as a reference. */
    public LineChart reference(String name, double value) {
        references.add(new Reference(name, value));
        return this;
    }

    /** Leaves a gap in a line where its points are farther apart than this. */
    public LineChart gapsBeyond(double distance) {
        maxDistance = distance;
        return this;
    }

    /** Returns the chart as SVG. */
    public String svg() {
        Svg svg = new Svg(width, height, title, description);
        double bottom = height - HorizontalAxis.HEIGHT;
        double right = width - PADDING - legendWidth();
        HorizontalAxis across = new HorizontalAxis(x, LEFT + PADDING, right - PADDING);

        svg.text("title", 12, 20, Svg.START, title).text("quiet", 12, 44, Svg.START, y.title());
        across.draw(svg, TOP, bottom);
        drawY(svg, right, bottom);
        for (Reference reference : references) {
            svg.line("reference grey", LEFT, yOf(reference.value, bottom), right, yOf(reference.value, bottom));
        }
        for (Line line : lines) {
            drawLine(svg, line, across, bottom);
        }
        drawNames(svg, across, right, bottom);
        return svg.end();
    }

    private double yOf(double value, double bottom) {
        return bottom - y.at(value) * (bottom - TOP);
    }

    private void drawY(Svg svg, double right, double bottom) {
        double taken = Double.POSITIVE_INFINITY;
        for (double tick : y.ticks()) {
            double at = yOf(tick, bottom);
            svg.line("grid", LEFT, at, right, at);
            if (taken - at >= LINE_HEIGHT - 2) {
                svg.text("quiet", LEFT - 8, at, Svg.END, y.label(tick));
                taken = at;
            }
        }
        svg.line("axis", LEFT, bottom, right, bottom);
    }

    private void drawLine(Svg svg, Line line, HorizontalAxis across, double bottom) {
        int start = 0;
        for (int end = 1; end <= line.points.size(); end++) {
            if (end == line.points.size() || line.points.get(end).x - line.points.get(end - 1).x > maxDistance) {
                drawRun(svg, line.points.subList(start, end), line.colour.style(), across, bottom);
                start = end;
            }
        }
        for (Point point : line.points) {
            svg.circle("solid " + line.colour.style(), across.at(point.x), yOf(point.y.median(), bottom), 3.5);
        }
    }

    private void drawRun(Svg svg, List<Point> points, String colour, HorizontalAxis across, double bottom) {
        if (points.size() == 1) {
            Point point = points.get(0);
            double at = across.at(point.x);
            svg.line("stem " + colour, at, yOf(point.y.min(), bottom), at, yOf(point.y.max(), bottom));
            return;
        }
        String there = points.stream()
                .map(point -> place(across.at(point.x), yOf(point.y.max(), bottom)))
                .collect(Collectors.joining(" L"));
        List<Point> backwards = new ArrayList<>(points);
        Collections.reverse(backwards);
        String back = backwards.stream()
                .map(point -> place(across.at(point.x), yOf(point.y.min(), bottom)))
                .collect(Collectors.joining(" L"));
        svg.path("band " + colour, "M" + there + " L" + back + " Z");
        svg.path(
                "curve " + colour,
                points.stream()
                        .map(point -> place(across.at(point.x), yOf(point.y.median(), bottom)))
                        .collect(Collectors.joining(" L", "M", "")));
    }

    /** Draws the names next to the frame, each connected to the end of its line. */
    private void drawNames(Svg svg, HorizontalAxis across, double right, double bottom) {
        if (legendWidth() == 0) {
            return;
        }
        double[] wanted = DoubleStream.concat(
                        lines.stream().mapToDouble(line -> yOf(line.last().y.median(), bottom)),
                        references.stream().mapToDouble(reference -> yOf(reference.value, bottom)))
                .toArray();
        double[] places = Labels.apart(wanted, LINE_HEIGHT, bottom);
        double name = right + LEADER;
        for (int i = 0; i < places.length; i++) {
            boolean isLine = i < lines.size();
            String colour = isLine ? lines.get(i).colour.style() : Colour.GREY.style();
            double from = isLine ? across.at(lines.get(i).last().x) + 6 : right + 2;
            svg.path(
                    "leader " + colour,
                    "M" + place(from, wanted[i]) + " H" + Svg.number(Math.max(from, right)) + " L"
                            + place(name - 4, places[i]));
            if (isLine) {
                svg.line("curve " + colour, name, places[i], name + SWATCH - 6, places[i])
                        .circle("solid " + colour, name + (SWATCH - 6) / 2, places[i], 3.5);
            } else {
                svg.line("reference " + colour, name, places[i], name + SWATCH - 6, places[i]);
            }
            String text = isLine ? lines.get(i).name : references.get(i - lines.size()).name;
            svg.text("name", name + SWATCH, places[i], Svg.START, text);
        }
    }

    private double legendWidth() {
        return Stream.concat(lines.stream().map(Line::name), references.stream().map(Reference::name))
                .filter(name -> !name.isEmpty())
                .mapToDouble(name -> LEADER + SWATCH + Svg.textWidth(name))
                .max()
                .orElse(0);
    }

    private static String place(double x, double y) {
        return Svg.number(x) + " " + Svg.number(y);
    }

    /** A measurement at one value of the axis. */
    public record Point(double x, Spread y) {}

    private record Line(String name, Colour colour, List<Point> points) {

        private Point last() {
            return points.get(points.size() - 1);
        }
    }

    private record Reference(String name, double value) {}
}
