package com.lattestream.samples.benchmark.report.chart;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Positions labels in a column, close to their values and without overlaps. */
final class Labels {

    private Labels() {}

    /**
     * Moves labels apart: down if there is room, otherwise up.
     * @param wanted the preferred position of each label, in any order
     * @param distance the minimum distance between two labels
     * @param bottom the maximum position
     * @return the position of each label
     */
    static double[] apart(double[] wanted, double distance, double bottom) {
        List<Integer> downwards = IntStream.range(0, wanted.length)
                .boxed()
                .sorted(Comparator.comparingDouble(label -> wanted[label]))
                .toList();
        double[] places = wanted.clone();
        double above = Double.NEGATIVE_INFINITY;
        for (int label : downwards) {
            places[label] = Math.max(wanted[label], above + distance);
            above = places[label];
        }
        double below = bottom + distance;
        for (int i = downwards.size() - 1; i >= 0; i--) {
            int label = downwards.get(i);
            places[label] = Math.min(places[label], below - distance);
            below = places[label];
        }
        return places;
    }
}
