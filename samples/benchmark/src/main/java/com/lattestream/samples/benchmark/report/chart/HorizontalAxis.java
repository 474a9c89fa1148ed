package com.lattestream.samples.benchmark.report.chart;

/** A horizontal axis between two positions of a drawing. */
record HorizontalAxis(Axis axis, double left, double right) {

    /** The height below the line, for the labels of the values and the title. */
    static final double HEIGHT = 52;

    double at(double value) {
        return left + axis.at(value) * (right - left);
    }

    /** Draws a grid line for each value with a label, and the label below it unless it would touch the previous one. */
    void draw(Svg svg, double top, double bottom) {
        double taken = Double.NEGATIVE_INFINITY;
        for (double tick : axis.ticks()) {
            svg.line("grid", at(tick), top, at(tick), bottom);
            String label = axis.label(tick);
            double half = Svg.textWidth(label) / 2;
            if (at(tick) - half > taken) {
                svg.text("quiet", at(tick), bottom + 15, Svg.MIDDLE, label);
                taken = at(tick) + half;
            }
        }
        svg.text("quiet", (left + right) / 2, bottom + 36, Svg.MIDDLE, axis.title());
    }

    /** Draws the range of the measurements, if they differ. */
    void drawRange(Svg svg, String style, double from, double to, double y, double cap) {
        if (at(to) - at(from) < 0.5) {
            return;
        }
        svg.line(style, at(from), y, at(to), y)
                .line(style, at(from), y - cap, at(from), y + cap)
                .line(style, at(to), y - cap, at(to), y + cap);
    }
}
