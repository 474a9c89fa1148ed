package com.lattestream.samples.benchmark.result;

import java.util.List;

/**
 * The results of a run.
 *
 * @param date the date, as {@code 2026-11-25}
 * @param command the command of the run
 * @param rounds the number of rounds, in which the contestants take turns
 * @param machine the machine
 * @param throughput the throughput of the contestants
 * @param sinkRequestsPerSecond the throughput of a load generator, which is the limit of the sink, one value per round
 * @param coreToCoreNanos the time in which a cache line moves from one core to another and back, one value per round
 * @param latency the latency of calls
 * @param scaling the costs in relation to sizes
 * @param startup the time that the starter adds to the start of an application
 * @param firstRequest the time of the first request after a start
 * @param memory the heap that a full queue uses
 * @param goals the goals
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
