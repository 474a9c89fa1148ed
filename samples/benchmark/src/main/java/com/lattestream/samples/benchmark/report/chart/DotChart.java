package com.lattestream.samples.benchmark.report.chart;

import com.lattestream.samples.benchmark.result.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/** A chart with one row per subject, with several values as dots and the numbers next to them. */
public final class DotChart {

    private static final double TOP = 60;

    private static final double ROW = 40;

    private static final double COLUMN = 74;

    private final String title;

    private final String description;

    private final double width;

    private final Axis axis;

    private final DoubleFunction<String> valueFormat;

    private final List<Kind> kinds;

    private final List<Row> rows = new ArrayList<>();

    /**
     * Creates an empty chart.
     * @param kinds the meaning of the values of each row, in their order
     */
    public DotChart(
            String title,
            String description,
            double width,
            Axis axis,
            DoubleFunction<String> valueFormat,
            List<Kind> kinds) {
        this.title = title;
        this.description = description;
        this.width = width;
        this.axis = axis;
        this.valueFormat = valueFormat;
        this.kinds = List.copyOf(kinds);
    }

    /** Adds a row with one value for each kind. */
    public DotChart row(String name, String remark, List<Spread> values) {
        if (values.size() != kinds.size()) {
            throw new IllegalArgumentException(values.size() + " values for " + kinds.size() + " kinds");
        }
        rows.add(new Row(name, remark, values));
        return this;
    }

    /** Returns the chart as SVG. */
    public String svg() {
        double bottom = TOP + rows.size() * ROW + 4;
        double left = 24
                + rows.stream()
                        .mapToDouble(row -> Math.max(Svg.textWidth(row.name), Svg.textWidth(row.remark)))
                        .max()
                        .orElse(0);
        double right = width - kinds.size() * COLUMN - 20;
        HorizontalAxis across = new HorizontalAxis(axis, left, right - 8);

        Svg svg = new Svg(width, bottom + HorizontalAxis.HEIGHT, title, description);
        svg.text("title", 12, 20, Svg.START, title);
        for (int i = 0; i < kinds.size(); i++) {
            svg.text("quiet", column(i), TOP - 12, Svg.END, kinds.get(i).name)
                    .circle(
                            "solid " + kinds.get(i).colour.style(),
                            column(i) - Svg.textWidth(kinds.get(i).name) - 10,
                            TOP - 12,
                            4.5);
        }
        across.draw(svg, TOP, bottom);
        double y = TOP + ROW / 2 + 2;
        for (Row row : rows) {
            drawRow(svg, row, across, y);
            y += ROW;
        }
        svg.line("axis", left, bottom, right, bottom);
        return svg.end();
    }

    private double column(int kind) {
        return width - 12 - (kinds.size() - 1 - kind) * COLUMN;
    }

    private void drawRow(Svg svg, Row row, HorizontalAxis across, double y) {
        svg.text("name", across.left() - 12, y - 7, Svg.END, row.name)
                .text("quiet", across.left() - 12, y + 8, Svg.END, row.remark)
                .line(
                        "stem grey",
                        across.at(row.values.get(0).median()),
                        y,
                        across.at(row.values.get(row.values.size() - 1).median()),
                        y);
        for (int i = 0; i < kinds.size(); i++) {
            Spread value = row.values.get(i);
            across.drawRange(svg, "range", value.min(), value.max(), y, 4);
            svg.circle("solid " + kinds.get(i).colour.style(), across.at(value.median()), y, 5);
            svg.text("value", column(i), y, Svg.END, valueFormat.apply(value.median()));
        }
    }

    /** The meaning of a value of each row. */
    public record Kind(String name, Colour colour) {}

    private record Row(String name, String remark, List<Spread> values) {}
}
