package com.lattestream.samples.benchmark.measure;

import com.lattestream.samples.benchmark.process.Answers;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/** One of the {@link Calls} in its process: made for so many milliseconds for each line. */
final class LatencyWorker {

    private LatencyWorker() {}

    public static void main(String[] args) throws Exception {
        try (Call call = Calls.valueOf(args[0]).open(Integer.parseInt(args[1]))) {
            FixedRate rate = new FixedRate(call, Integer.parseInt(args[2]));
            Answers.give(millis -> percentiles(rate.run(Duration.ofMillis(Long.parseLong(millis)))));
        }
    }

    private static String percentiles(Histogram nanos) {
        return micros(nanos, 50) + " " + micros(nanos, 99) + " " + micros(nanos, 99.9);
    }

    private static double micros(Histogram nanos, double percentile) {
        return nanos.getValueAtPercentile(percentile) / 1000.0;
    }
}
