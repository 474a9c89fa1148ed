package com.lattestream.samples.benchmark.report;

/** Escapes text for Markdown. */
final class Markdown {

    private Markdown() {}

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace("|", "\\|")
                .replace('\n', ' ');
    }
}
