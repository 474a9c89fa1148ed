package com.lattestream.samples.benchmark.measure;

import com.lattestream.samples.benchmark.process.WorkerRequests;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * Runs one of the {@link Calls} in its process. Each line contains the rate per second and the duration in
 * milliseconds.
 */
final class LatencyWorker {

    private LatencyWorker() {}

    public static void main(String[] args) throws Exception {
        try (Call call = Calls.valueOf(args[0]).open(Integer.parseInt(args[1]))) {
            WorkerRequests.serve(line -> {
                double[] parameters = Numbers.parse(line, 2);
                FixedRate rate = new FixedRate(call, (int) parameters[0]);
                return percentiles(rate.run(Duration.ofMillis((long) parameters[1])));
            });
        }
    }

    private static String percentiles(Histogram nanos) {
        return micros(nanos, 50) + " " + micros(nanos, 99) + " " + micros(nanos, 99.9);
    }

    private static double micros(Histogram nanos, double percentile) {
        return nanos.getValueAtPercentile(percentile) / 1000.0;
    }
}
