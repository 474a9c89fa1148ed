package com.lattestream.samples.benchmark.result;

/**
 * The latency of one call from its scheduled time, at a fixed rate, so that it includes the time for which the call
 * waits for a slow one.
 *
 * @param operation the operation: {@code authorizeChannel} or {@code trigger}
 * @param contestant the name of the contestant
 * @param callsPerSecond the rate
 * @param p50 the 50th percentile in microseconds, one value per round
 * @param p99 the 99th percentile
 * @param p999 the 99.9th percentile
 */
public record Latency(
        String operation, String contestant, int callsPerSecond, double[] p50, double[] p99, double[] p999) {}
