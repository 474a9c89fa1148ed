package com.lattestream.samples.benchmark.result;

/**
 * One kind of request to the starter, or its floor, on one web stack, with one value per round.
 *
 * @param scenario the requests that are compared with each other
 * @param label the name of this one
 * @param floor the label of the load that does the same without the starter; empty if there is none
 * @param requestsPerSecond the number of responses per second with all connections in use
 * @param cpuMicros the CPU time of the server's process per request, in microseconds
 * @param p50 the 50th percentile of the latency at a fixed rate, in microseconds
 * @param p99 the 99th percentile
 * @param p999 the 99.9th percentile
 */
public record WebLoad(
        String scenario,
        String label,
        String floor,
        double[] requestsPerSecond,
        double[] cpuMicros,
        double[] p50,
        double[] p99,
        double[] p999) {}
