package com.lattestream.samples.benchmark.report.chart;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A drawing that consists of elements. It has no background, so it is readable on light and dark pages. */
final class Svg {

    static final String START = "start";

    static final String MIDDLE = "middle";

    static final String END = "end";

    private static final String HEAD = """
            <svg xmlns="http://www.w3.org/2000/svg" width="%1$s" height="%2$s" viewBox="0 0 %1$s %2$s" role="img" \
            aria-labelledby="title description" \
            font-family="system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif">
            <title id="title">%3$s</title>
            <desc id="description">%4$s</desc>
            <style>
            text { fill: #1f2328; font-size: 12px }
            .title { font-size: 15px; font-weight: 600 }
            .quiet { fill: #59636e }
            .value { paint-order: stroke; stroke: #ffffff; stroke-width: 4px }
            .grid { stroke: #d8dee4 }
            .axis { stroke: #818b98 }
            .range { stroke: #1f2328; stroke-width: 1.25 }
            .curve { fill: none; stroke: currentColor; stroke-width: 2.25; stroke-linejoin: round }
            .reference { stroke: currentColor; stroke-width: 1.5; stroke-dasharray: 6 4 }
            .leader { fill: none; stroke: currentColor; stroke-dasharray: 1 3; stroke-linecap: round }
            .stem { stroke: currentColor; stroke-width: 2; stroke-opacity: .45 }
            .band { fill: currentColor; fill-opacity: .16 }
            .bar { fill: currentColor; fill-opacity: .8 }
            .solid { fill: currentColor }
            %5$s
            @media (prefers-color-scheme: dark) {
            text { fill: #f0f6fc }
            .quiet { fill: #9198a1 }
            .value { stroke: #0d1117 }
            .grid { stroke: #30363d }
            .axis { stroke: #656c76 }
            .range { stroke: #f0f6fc }
            %6$s
            }
            </style>
            """;

    // wider than the letters of most fonts, so that labels do not overlap
    private static final double CHARACTER_WIDTH = 0.6;

    private final StringBuilder xml = new StringBuilder();

    Svg(double width, double height, String title, String description) {
        xml.append(HEAD.formatted(
                number(width), number(height), escape(title), escape(description), rules(false), rules(true)));
    }

    static double textWidth(String text) {
        return text.length() * 12 * CHARACTER_WIDTH;
    }

    Svg line(String style, double x1, double y1, double x2, double y2) {
        return element("line", style, "x1", number(x1), "y1", number(y1), "x2", number(x2), "y2", number(y2));
    }

    Svg rectangle(String style, double x, double y, double width, double height) {
        return element(
                "rect",
                style,
                "x",
                number(x),
                "y",
                number(y),
                "width",
                number(width),
                "height",
                number(height),
                "rx",
                "2");
    }

    Svg circle(String style, double x, double y, double radius) {
        return element("circle", style, "cx", number(x), "cy", number(y), "r", number(radius));
    }

    Svg path(String style, String commands) {
        return element("path", style, "d", commands);
    }

    /** Draws text with its vertical centre at this position. */
    Svg text(String style, double x, double y, String anchor, String text) {
        xml.append("<text class=\"%s\" x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>\n"
                .formatted(style, number(x), number(y + 4), anchor, escape(text)));
        return this;
    }

    String end() {
        return xml + "</svg>\n";
    }

    private Svg element(String name, String style, String... attributes) {
        xml.append('<').append(name).append(" class=\"").append(style).append('"');
        for (int i = 0; i < attributes.length; i += 2) {
            xml.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(attributes[i + 1])
                    .append('"');
        }
        xml.append("/>\n");
        return this;
    }

    /** Returns the shortest text of a coordinate. */
    static String number(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String rules(boolean onDark) {
        return Arrays.stream(Colour.values()).map(colour -> colour.rule(onDark)).collect(Collectors.joining("\n"));
    }
}
