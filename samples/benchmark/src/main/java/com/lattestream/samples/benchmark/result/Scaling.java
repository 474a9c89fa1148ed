package com.lattestream.samples.benchmark.result;

import java.util.List;

/**
 * What an event costs as something grows.
 *
 * @param title what grows, such as {@code Channels per trigger}
 * @param unit what a size counts, such as {@code channels}
 * @param cost what a cost is, such as {@code microseconds a trigger}
 * @param points the costs, in the order of the sizes
 */
public record Scaling(String title, String unit, String cost, List<Point> points) {

    /**
     * The cost at one size.
     *
     * @param size how many
     * @param cost how much, in the unit of {@link Scaling#cost()}
     */
    public record Point(long size, Spread cost) {}
}
