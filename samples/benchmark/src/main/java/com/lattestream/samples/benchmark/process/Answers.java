package com.lattestream.samples.benchmark.process;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** The other side of a {@link ForkedJvm}: says that it is ready, and answers each line with one line. */
public final class Answers {

    private Answers() {}

    /** What answers. */
    public interface Answer {

        /**
         * Answers one line.
         * @param question the line
         * @return the answer: one line
         */
        String to(String question) throws Exception;
    }

    /**
     * Answers until there are no more questions.
     * @param answer what answers
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
