package com.lattestream.samples.benchmark.result;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * Several measurements of the same thing, one of each round.
 *
 * @param median the one in the middle
 * @param min the smallest
 * @param max the largest
 */
public record Spread(double median, double min, double max) {

    /**
     * Sums measurements up.
     * @param values at least one
     * @return their spread
     */
    public static Spread of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("Nothing was measured");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    /**
     * Compares two contestants round by round, so that what slows a round down slows both.
     * @param values one measurement a round
     * @param base the other contestant's, in the same rounds
     * @return the spread of the ratios
     */
    public static Spread ofRatios(double[] values, double[] base) {
        if (values.length != base.length) {
            throw new IllegalArgumentException(values.length + " rounds cannot be compared with " + base.length);
        }
        return of(DoubleStream.iterate(0, i -> i < values.length, i -> i + 1)
                .map(i -> values[(int) i] / base[(int) i])
                .toArray());
    }
}
