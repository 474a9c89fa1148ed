package com.lattestream.samples.benchmark.process;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** The counterpart of {@link ForkedJvm}: prints that the JVM is ready, and responds to each line with one line. */
public final class Answers {

    private Answers() {}

    /** Responds to lines. */
    public interface Answer {

        /**
         * Responds to one line.
         * @param question the line
         * @return the response: one line
         */
        String to(String question) throws Exception;
    }

    /**
     * Responds to lines until the input ends.
     * @param answer responds to each line
     */
    public static void give(Answer answer) throws Exception {
        System.out.println("ready");
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                System.out.println(answer.to(line));
            }
        }
    }
}
