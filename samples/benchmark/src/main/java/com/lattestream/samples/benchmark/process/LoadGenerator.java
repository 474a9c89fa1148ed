package com.lattestream.samples.benchmark.process;

import com.lattestream.samples.benchmark.contestant.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Measures the capacity of the sink: wrk, a load generator written in C, posts the same batch over the same number of
 * connections.
 */
public final class LoadGenerator {

    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s*([0-9.]+)");

    private static final Pattern REFUSED = Pattern.compile("Non-2xx or 3xx responses|Socket errors");

    private LoadGenerator() {}

    /**
     * Sends requests to the sink.
     * @param sinkPort the port of the sink
     * @param duration the duration, in whole seconds
     * @return the number of responses per second
     */
    public static double requestsPerSecond(int sinkPort, Duration duration) {
        try {
            Path script = Files.createTempFile("batch", ".lua");
            try {
                Files.writeString(script, """
                        wrk.method = "POST"
                        wrk.headers["Content-Type"] = "application/json"
                        wrk.body = [==[%s]==]
                        """.formatted(new String(Workload.batch(0), StandardCharsets.UTF_8)));
                String output = Programs.output(
                        List.of(
                                Programs.path("wrk"),
                                "-t1",
                                "-c" + Workload.CONNECTIONS,
                                "-d" + Math.max(1, duration.toSeconds()) + "s",
                                "-s",
                                script.toString(),
                                "http://127.0.0.1:" + sinkPort + "/batch_events"),
                        StandardCharsets.UTF_8);
                Matcher rate = RATE.matcher(output);
                if (!rate.find() || REFUSED.matcher(output).find()) {
                    throw new IllegalStateException("wrk received invalid responses: " + output);
                }
                return Double.parseDouble(rate.group(1));
            } finally {
                Files.delete(script);
            }
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
