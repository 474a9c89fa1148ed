package com.lattestream.samples.benchmark.measure;

import java.util.Arrays;

/** Parses the responses of workers: numbers, separated by spaces. */
public final class Numbers {

    private Numbers() {}

    /**
     * Parses a response.
     * @param line the response
     * @param count the expected number of values
     * @return the numbers
     */
    public static double[] parse(String line, int count) {
        double[] numbers;
        try {
            numbers = Arrays.stream(line.split(" ", -1))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
        } catch (NumberFormatException ex) {
            throw new IllegalStateException("A worker responded: " + line, ex);
        }
        if (numbers.length != count) {
            throw new IllegalStateException("A worker did not respond with " + count + " numbers: " + line);
        }
        return numbers;
    }
}
