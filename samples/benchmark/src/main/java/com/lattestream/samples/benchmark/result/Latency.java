package com.lattestream.samples.benchmark.result;

/**
 * How long one call takes from the moment at which it was due, at a fixed rate, so that what waits behind a slow call
 * counts as slow too.
 *
 * @param operation what is called: {@code authorizeChannel} or {@code trigger}
 * @param contestant who
 * @param callsPerSecond the rate
 * @param p50 microseconds that half of the calls stay within, one value a round
 * @param p99 that 99 of 100 stay within
 * @param p999 that 999 of 1000 stay within
 */
public record Latency(
        String operation, String contestant, int callsPerSecond, double[] p50, double[] p99, double[] p999) {}
