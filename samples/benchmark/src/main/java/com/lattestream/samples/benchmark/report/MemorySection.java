package com.lattestream.samples.benchmark.report;

import com.lattestream.samples.benchmark.report.chart.Axis;
import com.lattestream.samples.benchmark.report.chart.BarChart;
import com.lattestream.samples.benchmark.report.chart.Colour;
import com.lattestream.samples.benchmark.result.Memory;
import com.lattestream.samples.benchmark.result.Spread;
import java.util.List;

/** Shows the heap that a full queue uses and releases. */
final class MemorySection {

    private static final double MIB = 1024 * 1024;

    private MemorySection() {}

    static Section of(Memory memory) {
        String title = "Heap of a full queue";
        String events = Numbers.whole(memory.events()) + " events";
        String words = "The heap in use after a full collection: before the first event, while " + events
                + " wait, and after the delivery of all of them. A waiting event takes "
                + Numbers.bytes(memory.bytesPerEvent()) + ".";
        BarChart chart = new BarChart(
                title,
                words,
                760,
                Axis.linear("MiB", Numbers.round(Numbers::plain), Math.max(memory.full(), memory.drained()) / MIB),
                mib -> Numbers.bytes(mib * MIB));
        Table numbers = new Table("queue", ">heap in use");
        add("empty", memory.before(), Colour.GREY, chart, numbers);
        add(events + " wait", memory.full(), Colour.VERMILION, chart, numbers);
        add("drained", memory.drained(), Colour.GREY, chart, numbers);
        return new Section(title, words, List.of(new Picture("heap", title, chart.svg(), false)), numbers);
    }

    private static void add(String name, long bytes, Colour colour, BarChart chart, Table numbers) {
        double mib = bytes / MIB;
        chart.bar(name, colour, new Spread(mib, mib, mib));
        numbers.row(name, Numbers.bytes((double) bytes));
    }
}
