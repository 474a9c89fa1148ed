package com.lattestream.samples.benchmark.result;

/**
 * One kind of request to the starter, or its floor, on one web stack; one value a round.
 *
 * @param scenario the requests that are compared with each other
 * @param label which of them
 * @param floor the label of the load that does the same without the starter; empty if there is none
 * @param requestsPerSecond how many requests were answered with all connections busy
 * @param cpuMicros the CPU time of the server's process for each of them, in microseconds
 * @param p50 the time within which half of the requests were answered at a fixed rate, in microseconds
 * @param p99 the same for 99 of 100
 * @param p999 the same for 999 of 1000
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
