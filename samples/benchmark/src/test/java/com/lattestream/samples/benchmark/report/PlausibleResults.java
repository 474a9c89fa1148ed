package com.lattestream.samples.benchmark.report;

import com.lattestream.samples.benchmark.result.FirstRequest;
import com.lattestream.samples.benchmark.result.FreshResults;
import com.lattestream.samples.benchmark.result.FreshVariant;
import com.lattestream.samples.benchmark.result.Goal;
import com.lattestream.samples.benchmark.result.Latency;
import com.lattestream.samples.benchmark.result.Machine;
import com.lattestream.samples.benchmark.result.Memory;
import com.lattestream.samples.benchmark.result.Results;
import com.lattestream.samples.benchmark.result.Scaling;
import com.lattestream.samples.benchmark.result.Spread;
import com.lattestream.samples.benchmark.result.Startup;
import com.lattestream.samples.benchmark.result.Throughput;
import com.lattestream.samples.benchmark.result.WebLoad;
import com.lattestream.samples.benchmark.result.WebResults;
import java.util.ArrayList;
import java.util.List;

/** Invented, plausible results of a run. */
final class PlausibleResults {

    static final Goal MISSED = new Goal(
            "Throughput: LatteStream, 8 threads / bare HttpClient with HMAC & batches",
            "≥ 0.70",
            new Spread(0.672, 0.64, 0.71),
            "×",
            false);

    private PlausibleResults() {}

    static Results all() {
        return new Results(
                "2026-11-25",
                "mvn -Pbenchmark",
                5,
                new Machine(
                        "Some Processor <8470> @ 2.00 GHz",
                        2,
                        8,
                        "Linux 6.1",
                        "OpenJDK 17.0.17",
                        "OpenJDK 25.0.1",
                        "nginx 1.22.1"),
                throughput(),
                new double[] {71_000, 74_000, 69_500, 73_000, 72_000},
                new double[] {70, 71, 335, 72, 340},
                latency(),
                scaling(),
                new Startup(rounds(1710, 0.05), rounds(1822, 0.04), rounds(1920, 0.04), rounds(1840, 0.05)),
                new FirstRequest(rounds(412, 0.1), rounds(1.4, 0.2)),
                new Memory(100_000, 14_500_000, 75_300_000, 15_100_000),
                List.of(
                        new Goal(
                                "Events: LatteStream / pusher-http-java in batches",
                                "≥ 5",
                                new Spread(5.93, 5.71, 6.1),
                                "×",
                                true),
                        MISSED,
                        new Goal("Heap of a waiting event", "≤ 1", new Spread(0.594, 0.594, 0.594), " KiB", true)));
    }

    private static List<Throughput> throughput() {
        List<Throughput> all = new ArrayList<>();
        int[] threads = {1, 2, 4, 8, 16, 32, 64};
        double[] ours = {905_000, 1_010_000, 1_060_000, 1_050_000, 1_030_000, 1_000_000, 962_000};
        for (int i = 0; i < threads.length; i++) {
            all.add(batches("lattestream-" + threads[i], ours[i], 0.06));
            all.add(batches("lattestream-virtual-" + threads[i], ours[i] * 0.93, 0.12));
        }
        all.add(single("lattestream-unbatched-20", 57_000));
        all.add(batches("floor-batch-20", 1_900_000, 0.03));
        all.add(batches("floor-batch-hmac-20", 1_560_000, 0.04));
        all.add(single("floor-single-20", 63_000));
        all.add(single("floor-single-hmac-20", 60_000));
        all.add(single("pusher-1", 9_000));
        all.add(single("pusher-20", 16_600));
        all.add(single("pusher-pool-20-20", 20_800));
        all.add(batches("pusher-batch-20", 163_000, 0.05));
        all.add(batches("pusher-batch-pool-20-1", 61_000, 0.05));
        all.add(batches("pusher-batch-pool-20-20", 177_000, 0.05));
        return all;
    }

    private static Throughput batches(String name, double events, double spread) {
        return new Throughput(name, rounds(events, spread), rounds(events / 50, spread));
    }

    private static Throughput single(String name, double events) {
        return new Throughput(name, rounds(events, 0.05), rounds(events, 0.05));
    }

    private static List<Latency> latency() {
        return List.of(
                latency("authorizeChannel", "lattestream-1", 20_000, 2.1, 6.3, 41),
                latency("authorizeChannel", "pusher-1", 20_000, 7.8, 19.5, 160),
                latency("trigger", "lattestream-1", 20_000, 0.92, 5.2, 640),
                latency("trigger", "lattestream-20", 20_000, 1.4, 11, 1_900),
                latency("trigger", "pusher-pool-20-20", 20_000, 880, 9_100, 41_000));
    }

    private static Latency latency(String what, String who, int rate, double p50, double p99, double p999) {
        return new Latency(what, who, rate, rounds(p50, 0.08), rounds(p99, 0.2), rounds(p999, 0.5));
    }

    private static List<Scaling> scaling() {
        return List.of(
                scaling("Channels per trigger", "channels", "microseconds a trigger", 0.9, 1, 2, 5, 10, 20, 50, 100),
                scaling("Data per event", "bytes", "microseconds an event", 0.01, 100, 1_000, 4_000, 10_000),
                flat(
                        "Channels in the queue",
                        "channels",
                        "events a second, thousands",
                        1_020,
                        1,
                        10,
                        100,
                        1_000,
                        10_000));
    }

    private static Scaling scaling(String title, String unit, String cost, double each, long... sizes) {
        List<Scaling.Point> points = new ArrayList<>();
        for (long size : sizes) {
            points.add(new Scaling.Point(size, Spread.of(rounds(0.8 + each * (double) size, 0.1))));
        }
        return new Scaling(title, unit, cost, points);
    }

    private static Scaling flat(String title, String unit, String cost, double each, long... sizes) {
        List<Scaling.Point> points = new ArrayList<>();
        for (long size : sizes) {
            points.add(new Scaling.Point(size, Spread.of(rounds(each - 40 * Math.log10((double) size), 0.05))));
        }
        return new Scaling(title, unit, cost, points);
    }

    private static double[] rounds(double middle, double spread) {
        return new double[] {
            middle * (1 - spread), middle, middle * (1 + spread), middle * (1 + spread / 3), middle * (1 - spread / 2)
        };
    }

    static FreshResults fresh() {
        return new FreshResults(
                "2026-11-26",
                "mvn",
                1_000,
                200,
                1,
                2,
                4,
                List.of(
                        new FreshVariant(
                                "without options", 4_000, 4_010, 81, 0, 0, new double[] {50, 0, 900, 50}, new double[] {
                                    100, 0, 1_100, 100
                                }),
                        new FreshVariant(
                                "conflated", 4_000, 3_200, 70, 800, 0, new double[] {50, 0, 60, 50}, new double[] {
                                    100, 0, 200, 100
                                })));
    }

    static WebResults web() {
        return new WebResults(
                "2026-11-26",
                "mvn -Pbenchmark -Dbenchmark.main=Web",
                3,
                64,
                1000,
                all().machine(),
                List.of(
                        web("POST /auth", "MVC: controller", "", 20_000),
                        web("POST /auth", "MVC: authorizer", "MVC: controller", 15_000),
                        web("POST /auth", "WebFlux: controller", "", 30_000),
                        web("POST /auth", "WebFlux: authorizer", "WebFlux: controller", 18_000),
                        web("POST /auth, an authorizer that waits", "MVC: waiting", "", 4_000),
                        web("POST /auth, an authorizer that waits", "WebFlux: waiting", "", 8_000)));
    }

    private static WebLoad web(String scenario, String label, String floor, double requestsPerSecond) {
        return new WebLoad(
                scenario,
                label,
                floor,
                new double[] {requestsPerSecond, requestsPerSecond / 2, requestsPerSecond * 1.5},
                new double[] {40, 39, 45},
                new double[] {200, 180, 240},
                new double[] {900, 800, 1200},
                new double[] {2000, 1900, 9000});
    }
}
