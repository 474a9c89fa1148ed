package com.lattestream.samples.benchmark.result;

/**
 * The results of one way to trigger values.
 *
 * @param name the options of the events
 * @param triggered the number of events that were triggered
 * @param received the number of events that the service received
 * @param requests the number of requests with events that the service accepted
 * @param superseded the number of events that newer ones replaced
 * @param failed the number of events that failed
 * @param medianAge for each second of the run, the median age in milliseconds of the values that arrived; 0 if none
 * arrived
 * @param maxAge for each second of the run, the maximum age in milliseconds; 0 if none arrived
 */
public record FreshVariant(
        String name,
        long triggered,
        long received,
        long requests,
        long superseded,
        long failed,
        double[] medianAge,
        double[] maxAge) {}
