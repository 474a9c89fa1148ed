package com.lattestream.samples.benchmark.result;

import java.util.List;

/**
 * The cost of an event in relation to a size.
 *
 * @param title the size, such as {@code Channels per trigger}
 * @param unit the unit of the size, such as {@code channels}
 * @param cost the unit of the cost, such as {@code microseconds a trigger}
 * @param points the costs, in the order of the sizes
 */
public record Scaling(String title, String unit, String cost, List<Point> points) {

    /**
     * The cost at one size.
     *
     * @param size the size
     * @param cost the cost, in the unit of {@link Scaling#cost()}
     */
    public record Point(long size, Spread cost) {}
}
