package com.lattestream.samples.benchmark.process;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** The counterpart of {@link ForkedJvm}: prints that the JVM is ready, and responds to each line with one line. */
public final class WorkerRequests {

    private WorkerRequests() {}

    /** Responds to lines. */
    public interface Handler {

        /**
         * Responds to one line.
         * @param request the line
         * @return the response: one line
         */
        String handle(String request) throws Exception;
    }

    /**
     * Responds to lines until the input ends.
     * @param handler responds to each line
     */
    public static void serve(Handler handler) throws Exception {
        System.out.println("ready");
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                System.out.println(handler.handle(line));
            }
        }
    }
}
