package com.lattestream.samples.benchmark.report;

import java.util.Locale;

/**
 * A picture of the report.
 *
 * @param name the name of its file, without the extension
 * @param alternative the text alternative for readers that do not see the picture
 * @param svg the picture
 * @param small whether two such pictures are shown side by side
 */
record Picture(String name, String alternative, String svg, boolean small) {

    String file() {
        return name + ".svg";
    }

    String markdown(String directory) {
        return small
                ? "<img src=\"%s/%s\" width=\"49%%\" alt=\"%s\">"
                        .formatted(
                                directory, file(), Markdown.escape(alternative).replace("\"", "&quot;"))
                : "![%s](%s/%s)".formatted(Markdown.escape(alternative).replace("]", "\\]"), directory, file());
    }

    /** Converts text to the name of a file. */
    static String fileName(String words) {
        return words.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }
}
