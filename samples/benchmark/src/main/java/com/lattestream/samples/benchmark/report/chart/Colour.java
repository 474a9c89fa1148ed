package com.lattestream.samples.benchmark.report.chart;

import java.util.Locale;

/** Colours that colour-blind readers can distinguish (after Okabe and Ito), on a light and on a dark page. */
public enum Colour {
    VERMILION("#c44900", "#ff8f57"),
    BLUE("#0072b2", "#58a9e8"),
    PURPLE("#a8487f", "#e08fc0"),
    GREEN("#00805e", "#2fc49a"),
    OCHRE("#a87400", "#e6b84a"),
    SKY("#3e9bd6", "#9bd5ff"),
    VIOLET("#5b4fa2", "#b3a7f0"),
    GREY("#6e7781", "#9198a1");

    private final String light;

    private final String dark;

    Colour(String light, String dark) {
        this.light = light;
        this.dark = dark;
    }

    String style() {
        return name().toLowerCase(Locale.ROOT);
    }

    String rule(boolean onDark) {
        return "." + style() + " { color: " + (onDark ? dark : light) + " }";
    }
}
