package com.lattestream.samples.benchmark.result;

import java.util.List;

/**
 * All that a run has found.
 *
 * @param date the day, as {@code 2026-11-25}
 * @param command what was run
 * @param rounds how often each was measured, in turn
 * @param machine where
 * @param throughput who gets how much through
 * @param sinkRequestsPerSecond what a load generator gets out of the sink, which bounds everybody, one value a round
 * @param coreToCoreNanos how long a cache line takes from one core to another and back, one value a round
 * @param latency how long calls take
 * @param scaling what grows with what
 * @param startup what the starter adds
 * @param firstRequest how long the first request takes after a start
 * @param memory what a full queue takes
 * @param goals what was to be reached
 */
public record Results(
        String date,
        String command,
        int rounds,
        Machine machine,
        List<Throughput> throughput,
        double[] sinkRequestsPerSecond,
        double[] coreToCoreNanos,
        List<Latency> latency,
        List<Scaling> scaling,
        Startup startup,
        FirstRequest firstRequest,
        Memory memory,
        List<Goal> goals) {}
