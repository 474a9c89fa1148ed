package com.lattestream.samples.benchmark.report;

import java.util.ArrayList;
import java.util.List;

/** A table in Markdown. A column whose header begins with {@value #RIGHT} is right-aligned. */
final class Table {

    static final String RIGHT = ">";

    private final List<String> head;

    private final List<List<String>> rows = new ArrayList<>();

    Table(String... head) {
        this.head = List.of(head);
    }

    Table row(String... cells) {
        if (cells.length != head.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + head.size() + " columns");
        }
        rows.add(List.of(cells));
        return this;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    String markdown() {
        StringBuilder text = new StringBuilder();
        line(text, head.stream().map(Table::withoutMark).toList());
        text.append('|');
        for (String cell : head) {
            text.append(cell.startsWith(RIGHT) ? "---:|" : "---|");
        }
        text.append('\n');
        rows.forEach(row -> line(text, row));
        return text.toString();
    }

    private static String withoutMark(String head) {
        return head.startsWith(RIGHT) ? head.substring(RIGHT.length()) : head;
    }

    private static void line(StringBuilder text, List<String> cells) {
        text.append('|');
        cells.forEach(cell -> text.append(' ').append(Markdown.escape(cell)).append(" |"));
        text.append('\n');
    }
}
