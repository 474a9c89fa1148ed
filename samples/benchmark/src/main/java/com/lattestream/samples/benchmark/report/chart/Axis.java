package com.lattestream.samples.benchmark.report.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;

/** The positions of values along one direction of a chart, and the values with labels. */
public final class Axis {

    private static final int LINEAR_STEPS = 5;

    private static final int DECADES_WITH_STEPS = 3;

    private final String title;

    private final DoubleFunction<String> format;

    private final DoubleUnaryOperator scale;

    private final double from;

    private final double to;

    private final List<Double> ticks;

    private Axis(
            String title,
            DoubleFunction<String> format,
            DoubleUnaryOperator scale,
            double from,
            double to,
            List<Double> ticks) {
        this.title = title;
        this.format = format;
        this.scale = scale;
        this.from = scale.applyAsDouble(from);
        this.to = scale.applyAsDouble(to);
        this.ticks = List.copyOf(ticks);
    }

    /** Creates an axis from zero to a round number at or above the largest value. */
    public static Axis linear(String title, DoubleFunction<String> format, double largest) {
        double step = roundStep(largest / LINEAR_STEPS);
        List<Double> ticks = new ArrayList<>();
        for (int i = 0; ticks.isEmpty() || ticks.get(ticks.size() - 1) < largest; i++) {
            ticks.add(i * step);
        }
        return new Axis(title, format, DoubleUnaryOperator.identity(), 0, ticks.get(ticks.size() - 1), ticks);
    }

    /**
     * Creates an axis from a round number below the smallest value to one above the largest, with a factor between
     * labels.
     */
    public static Axis logarithmic(String title, DoubleFunction<String> format, double smallest, double largest) {
        if (smallest <= 0) {
            throw new IllegalArgumentException(smallest + " has no place on a logarithmic axis");
        }
        List<Double> steps = new ArrayList<>();
        for (int exponent = (int) Math.floor(Math.log10(smallest)) - 1;
                steps.isEmpty() || last(steps) <= largest;
                exponent++) {
            for (int factor : new int[] {1, 2, 5}) {
                steps.add(power(exponent) * factor);
            }
        }
        double from = steps.stream().filter(step -> step < smallest).reduce(steps.get(0), Math::max);
        double to = steps.stream().filter(step -> step > largest).findFirst().orElse(last(steps));
        boolean many = Math.log10(to / from) > DECADES_WITH_STEPS;
        return new Axis(
                title,
                format,
                Math::log10,
                from,
                to,
                steps.stream()
                        .filter(step -> step >= from && step <= to)
                        .filter(step -> !many || isPowerOfTen(step))
                        .toList());
    }

    /** Creates an axis from the first to the last of these values, which have labels, with a factor between them. */
    public static Axis logarithmicOver(String title, DoubleFunction<String> format, double... values) {
        double[] sorted = Arrays.stream(values).sorted().distinct().toArray();
        // a single value is in the middle
        double room = sorted.length == 1 ? 2 : 1;
        return new Axis(
                title,
                format,
                Math::log10,
                sorted[0] / room,
                sorted[sorted.length - 1] * room,
                Arrays.stream(sorted).boxed().toList());
    }

    String title() {
        return title;
    }

    List<Double> ticks() {
        return ticks;
    }

    String label(double value) {
        return format.apply(value);
    }

    /** Returns the position of a value: 0 at the beginning of the axis, 1 at its end. */
    double at(double value) {
        return (scale.applyAsDouble(value) - from) / (to - from);
    }

    private static double roundStep(double atLeast) {
        if (atLeast <= 0) {
            return 1;
        }
        double power = power((int) Math.floor(Math.log10(atLeast)));
        for (double factor : new double[] {1, 2, 2.5, 5}) {
            if (power * factor >= atLeast) {
                return power * factor;
            }
        }
        return power * 10;
    }

    // 10^-3 is exactly the literal, which Math.pow does not guarantee
    private static double power(int exponent) {
        return Double.parseDouble("1e" + exponent);
    }

    private static boolean isPowerOfTen(double value) {
        double exponent = Math.log10(value);
        return Math.abs(exponent - Math.rint(exponent)) < 1e-9;
    }

    private static double last(List<Double> values) {
        return values.get(values.size() - 1);
    }
}
