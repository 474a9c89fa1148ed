package com.lattestream.samples.benchmark.report;

/** Text that means nothing else in Markdown. */
final class Markdown {

    private Markdown() {}

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace("|", "\\|")
                .replace('\n', ' ');
    }
}
