package com.lattestream.samples.benchmark.report;

import com.lattestream.samples.benchmark.report.chart.Colour;
import java.util.Arrays;
import java.util.Optional;

/** A series of contestants that differ only in the number of callers or concurrent requests. */
enum Series {
    LATTESTREAM("lattestream", Family.LATTESTREAM, Colour.VERMILION, "", "thread"),
    LATTESTREAM_VIRTUAL("lattestream-virtual", Family.LATTESTREAM, Colour.PURPLE, "", "virtual thread"),
    LATTESTREAM_UNBATCHED("lattestream-unbatched", Family.LATTESTREAM, Colour.OCHRE, " without batching", "in flight"),
    PUSHER("pusher", Family.PUSHER, Colour.BLUE, "", "thread"),
    PUSHER_POOL("pusher-pool-20", Family.PUSHER, Colour.SKY, ", pool of 20", "thread"),
    PUSHER_BATCH("pusher-batch", Family.PUSHER, Colour.GREEN, ", batches of 10", "thread"),
    PUSHER_BATCH_POOL("pusher-batch-pool-20", Family.PUSHER, Colour.VIOLET, ", batches of 10, pool of 20", "thread"),
    FLOOR_BATCH("floor-batch", Family.FLOOR, Colour.GREY, ", batches of 50", "in flight"),
    FLOOR_BATCH_SIGNED("floor-batch-hmac", Family.FLOOR, Colour.GREY, " with HMAC, batches of 50", "in flight"),
    FLOOR_SINGLE("floor-single", Family.FLOOR, Colour.GREY, ", single events", "in flight"),
    FLOOR_SINGLE_SIGNED("floor-single-hmac", Family.FLOOR, Colour.GREY, " with HMAC, single events", "in flight");

    private final String name;

    private final Family family;

    private final Colour colour;

    private final String how;

    private final String atOnce;

    Series(String name, Family family, Colour colour, String how, String atOnce) {
        this.name = name;
        this.family = family;
        this.colour = colour;
        this.how = how;
        this.atOnce = atOnce;
    }

    /** Finds a series by the names of its contestants before the last hyphen. */
    static Optional<Series> named(String name) {
        return Arrays.stream(values())
                .filter(series -> series.name.equals(name))
                .findFirst();
    }

    Family family() {
        return family;
    }

    Colour colour() {
        return colour;
    }

    /** Returns the label of the series. */
    String label() {
        return this == LATTESTREAM_VIRTUAL ? family.label() + ", virtual threads" : family.label() + how;
    }

    /** Returns the label of a contestant with this number of callers or concurrent requests. */
    String label(int number) {
        boolean plural = number != 1 && atOnce.endsWith("thread");
        return family.label() + how + ", " + number + " " + atOnce + (plural ? "s" : "");
    }

    /** The clients. */
    enum Family {
        LATTESTREAM("LatteStream", Colour.VERMILION),
        PUSHER("pusher-http-java", Colour.BLUE),
        FLOOR("bare HttpClient", Colour.GREY);

        private final String label;

        private final Colour colour;

        Family(String label, Colour colour) {
            this.label = label;
            this.colour = colour;
        }

        String label() {
            return label;
        }

        Colour colour() {
            return colour;
        }
    }
}
