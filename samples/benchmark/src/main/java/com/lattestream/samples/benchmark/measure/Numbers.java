package com.lattestream.samples.benchmark.measure;

import java.util.Arrays;

/** What workers answer: numbers, with a space between. */
public final class Numbers {

    private Numbers() {}

    /**
     * Reads an answer.
     * @param line the answer
     * @param count how many numbers there have to be
     * @return the numbers
     */
    public static double[] parse(String line, int count) {
        double[] numbers;
        try {
            numbers = Arrays.stream(line.split(" ", -1))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
        } catch (NumberFormatException ex) {
            throw new IllegalStateException("A worker has answered: " + line, ex);
        }
        if (numbers.length != count) {
            throw new IllegalStateException("A worker has not answered " + count + " numbers: " + line);
        }
        return numbers;
    }
}
