package com.lattestream.samples.benchmark.result;

import java.util.List;

/**
 * The results of a run of the web stacks.
 *
 * @param date the date, as {@code 2026-11-25}
 * @param command the command of the run
 * @param rounds the number of rounds, in which the loads take turns
 * @param connections the number of connections
 * @param requestsPerSecond the fixed rate of the latencies
 * @param machine the machine; the servers ran on its Java for virtual threads
 * @param loads the results of the loads
 */
public record WebResults(
        String date,
        String command,
        int rounds,
        int connections,
        int requestsPerSecond,
        Machine machine,
        List<WebLoad> loads) {}
