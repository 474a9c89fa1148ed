package com.lattestream.samples.benchmark.result;

import java.util.List;

/**
 * What a run of the web stacks has found.
 *
 * @param date the day, as {@code 2026-11-25}
 * @param command what was run
 * @param rounds how often each was measured, in turn
 * @param connections how many connections were kept busy
 * @param requestsPerSecond the fixed rate of the latencies
 * @param machine where; the servers ran on its Java for virtual threads
 * @param loads what was measured
 */
public record WebResults(
        String date,
        String command,
        int rounds,
        int connections,
        int requestsPerSecond,
        Machine machine,
        List<WebLoad> loads) {}
