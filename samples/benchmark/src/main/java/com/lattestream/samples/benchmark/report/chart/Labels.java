package com.lattestream.samples.benchmark.report.chart;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Places for labels in a column: near where they belong, but none on another. */
final class Labels {

    private Labels() {}

    /**
     * Moves labels apart: down, where there is room, else up.
     * @param wanted where each belongs, in any order
     * @param distance how far each must be from the next
     * @param bottom where the lowest may be
     * @return where each is
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
