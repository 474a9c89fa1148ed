package com.lattestream.samples.benchmark.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.lattestream.samples.benchmark.result.Spread;
import java.io.StringReader;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ChartTests {

    private static final Axis TO_100 = Axis.linear("ms", value -> "%.0f".formatted(value), 100);

    @Test
    void aPointTwiceAsHighIsTwiceAsFarFromTheAxis() throws Exception {
        Axis threads = Axis.logarithmicOver("threads", value -> "%.0f".formatted(value), 1, 2, 4);
        Element svg = parse(new LineChart("Title", "What it shows", 600, 400, threads, TO_100)
                .line(Colour.BLUE, List.of(point(1, 40), point(2, 80), point(4, 40)))
                .svg());

        List<Element> dots = elements(svg, "circle");
        double zero = number(text(svg, "0"), "y") - 4;
        assertThat(zero - number(dots.get(1), "cy")).isCloseTo(2 * (zero - number(dots.get(0), "cy")), within(0.3));
        assertThat(number(dots.get(2), "cx") - number(dots.get(1), "cx"))
                .isCloseTo(number(dots.get(1), "cx") - number(dots.get(0), "cx"), within(0.2));
    }

    @Test
    void aBarTwiceAsLongStandsForTwiceAsMuch() throws Exception {
        Element svg = parse(new BarChart("Title", "What it shows", 600, TO_100, value -> "%.0f ms".formatted(value))
                .bar("short", Colour.GREY, new Spread(30, 30, 30))
                .bar("long", Colour.BLUE, new Spread(60, 50, 80))
                .svg());

        List<Element> bars = elements(svg, "rect");
        assertThat(number(bars.get(1), "width")).isCloseTo(2 * number(bars.get(0), "width"), within(0.2));
        assertThat(elements(svg, "line").stream()
                        .filter(line -> line.getAttribute("class").equals("range")))
                .as("the range of the one that varied: a line and its two ends")
                .hasSize(3);
        assertThat(text(svg, "60 ms")).isNotNull();
    }

    @Test
    void namesMayHaveAnyCharacter() throws Exception {
        String name = "<b> & \"friends\"";
        Element svg = parse(new BarChart(name, name, 600, TO_100, String::valueOf)
                .bar(name, Colour.GREY, new Spread(30, 20, 40))
                .legend(name, Colour.GREY)
                .svg());

        assertThat(elements(svg, "title").get(0).getTextContent()).isEqualTo(name);
        assertThat(elements(svg, "text").stream()
                        .filter(text -> text.getTextContent().equals(name)))
                .hasSize(3);
    }

    @Test
    void namesOfLinesThatEndTogetherDoNotTouch() throws Exception {
        Axis threads = Axis.logarithmicOver("threads", value -> "%.0f".formatted(value), 1, 64);
        LineChart chart = new LineChart("Title", "What it shows", 900, 460, threads, TO_100).reference("floor", 61);
        for (Colour colour : EnumSet.complementOf(EnumSet.of(Colour.GREY, Colour.SKY))) {
            chart.line(colour.name(), colour, List.of(point(1, 10), point(64, 60)));
        }
        double[] names = elements(parse(chart.svg()), "text").stream()
                .filter(text -> text.getAttribute("class").equals("name"))
                .mapToDouble(text -> number(text, "y"))
                .sorted()
                .toArray();

        assertThat(names).hasSize(7);
        assertThat(IntStream.range(1, 7).mapToDouble(i -> names[i] - names[i - 1]))
                .allSatisfy(distance -> assertThat(distance).isGreaterThanOrEqualTo(16));
    }

    @Test
    void everyRowOfDotsHasItsNumbers() throws Exception {
        DotChart chart = new DotChart(
                        "Title",
                        "What it shows",
                        900,
                        Axis.logarithmic("µs", String::valueOf, 1, 100),
                        value -> "%.0f µs".formatted(value),
                        List.of(new DotChart.Kind("p50", Colour.BLUE), new DotChart.Kind("p99", Colour.OCHRE)))
                .row("somebody", "100 calls a second", List.of(new Spread(2, 1, 3), new Spread(20, 10, 30)));
        Element svg = parse(chart.svg());

        assertThat(text(svg, "2 µs")).isNotNull();
        assertThat(text(svg, "20 µs")).isNotNull();
        assertThat(svg.getAttribute("role")).isEqualTo("img");
    }

    private static LineChart.Point point(double x, double y) {
        return new LineChart.Point(x, new Spread(y, y * 0.9, y * 1.1));
    }

    private static Element parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)))
                .getDocumentElement();
    }

    private static Element text(Element svg, String content) {
        return elements(svg, "text").stream()
                .filter(text -> text.getTextContent().equals(content))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no text " + content));
    }

    private static List<Element> elements(Element svg, String name) {
        NodeList nodes = svg.getElementsByTagName(name);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> (Element) nodes.item(i))
                .toList();
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }
}
