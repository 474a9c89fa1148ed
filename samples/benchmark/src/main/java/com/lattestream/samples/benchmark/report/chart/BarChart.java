package com.lattestream.samples.benchmark.report.chart;

import com.lattestream.samples.benchmark.result.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;

/** A chart of horizontal bars, each with its value, and a line from the minimum to the maximum. */
public final class BarChart {

    private static final double ROW = 24;

    private static final double BAR = 14;

    private final String title;

    private final String description;

    private final double width;

    private final Axis axis;

    private final DoubleFunction<String> valueFormat;

    private final List<Bar> bars = new ArrayList<>();

    private final Map<String, Colour> legend = new LinkedHashMap<>();

    /** Creates a chart without bars, with this width in pixels. Its height depends on the number of bars. */
    public BarChart(String title, String description, double width, Axis axis, DoubleFunction<String> valueFormat) {
        this.title = title;
        this.description = description;
        this.width = width;
        this.axis = axis;
        this.valueFormat = valueFormat;
    }

    /** Adds a bar below the existing ones. */
    public BarChart bar(String name, Colour colour, Spread value) {
        bars.add(new Bar(name, colour, value));
        return this;
    }

    /** Adds the meaning of a colour to the legend. */
    public BarChart legend(String meaning, Colour colour) {
        legend.put(meaning, colour);
        return this;
    }

    /** Returns the chart as SVG. */
    public String svg() {
        double top = legend.isEmpty() ? 40 : 64;
        double bottom = top + bars.size() * ROW + 4;
        double left = 20
                + bars.stream()
                        .mapToDouble(bar -> Svg.textWidth(bar.name))
                        .max()
                        .orElse(0);
        double valueWidth = bars.stream()
                .mapToDouble(bar -> Svg.textWidth(valueFormat.apply(bar.value.median())))
                .max()
                .orElse(0);
        HorizontalAxis across = new HorizontalAxis(axis, left, width - valueWidth - 20);

        Svg svg = new Svg(width, bottom + HorizontalAxis.HEIGHT, title, description);
        svg.text("title", 12, 20, Svg.START, title);
        drawLegend(svg);
        across.draw(svg, top, bottom);
        double y = top + ROW / 2 + 2;
        for (Bar bar : bars) {
            drawBar(svg, bar, across, y);
            y += ROW;
        }
        svg.line("axis", left, top, left, bottom);
        return svg.end();
    }

    private void drawLegend(Svg svg) {
        double x = 12;
        for (Map.Entry<String, Colour> entry : legend.entrySet()) {
            svg.rectangle("bar " + entry.getValue().style(), x, 39, 12, 12)
                    .text("quiet", x + 18, 45, Svg.START, entry.getKey());
            x += 18 + Svg.textWidth(entry.getKey()) + 14;
        }
    }

    private void drawBar(Svg svg, Bar bar, HorizontalAxis across, double y) {
        double end = across.at(bar.value.median());
        svg.text("name", across.left() - 8, y, Svg.END, bar.name)
                .rectangle("bar " + bar.colour.style(), across.left(), y - BAR / 2, end - across.left(), BAR);
        across.drawRange(svg, "range", bar.value.min(), bar.value.max(), y, 3);
        svg.text("value", across.at(bar.value.max()) + 8, y, Svg.START, valueFormat.apply(bar.value.median()));
    }

    private record Bar(String name, Colour colour, Spread value) {}
}
