package com.lattestream.samples.benchmark.result;

import java.util.List;

/**
 * The results of values that change all the time, during an outage.
 *
 * @param date the date, as {@code 2026-11-25}
 * @param command the command of the run
 * @param eventsPerSecond the rate at which events are triggered
 * @param channels the number of channels, each with one value
 * @param outageStart the second in which the service fails
 * @param outageEnd the second in which it is available again
 * @param seconds the time for which events are triggered
 * @param variants the ways to trigger the events
 */
public record FreshResults(
        String date,
        String command,
        int eventsPerSecond,
        int channels,
        int outageStart,
        int outageEnd,
        int seconds,
        List<FreshVariant> variants) {}
