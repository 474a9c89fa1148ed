package com.lattestream.samples.benchmark.report;

import java.util.Locale;

/**
 * A picture of the report.
 *
 * @param name what its file is called, without an ending
 * @param alternative what it shows, for those who do not see it
 * @param svg the picture
 * @param small whether two of them stand side by side
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

    /** Makes words into what a file can be called. */
    static String fileName(String words) {
        return words.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }
}
