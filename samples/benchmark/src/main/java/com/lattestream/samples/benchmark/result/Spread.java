package com.lattestream.samples.benchmark.result;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The distribution of several measurements of the same value, one per round.
 *
 * @param median the median
 * @param min the minimum
 * @param max the maximum
 */
public record Spread(double median, double min, double max) {

    /**
     * Summarizes measurements.
     * @param values the measurements, at least one
     * @return their distribution
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
     * Compares two contestants round by round, because a disturbance in a round affects both.
     * @param values the measurements of one contestant, one per round
     * @param base the measurements of the other contestant, in the same rounds
     * @return the distribution of the ratios
     */
    public static Spread ofRatios(double[] values, double[] base) {
        return of(ratios(values, base));
    }

    /**
     * Calculates the ratio of two contestants in each round.
     * @param values the measurements of one contestant, one per round
     * @param base the measurements of the other contestant, in the same rounds
     * @return the ratios, one per round
     */
    public static double[] ratios(double[] values, double[] base) {
        if (values.length != base.length) {
            throw new IllegalArgumentException(values.length + " rounds cannot be compared with " + base.length);
        }
        return IntStream.range(0, values.length)
                .mapToDouble(round -> values[round] / base[round])
                .toArray();
    }
}
