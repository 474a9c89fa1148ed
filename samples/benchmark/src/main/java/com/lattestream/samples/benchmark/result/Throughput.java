package com.lattestream.samples.benchmark.result;

/**
 * How much one contestant gets through.
 *
 * @param contestant who, such as {@code lattestream-8}
 * @param eventsPerSecond events that the sink has accepted, one value a round
 * @param requestsPerSecond requests that carried them
 */
public record Throughput(String contestant, double[] eventsPerSecond, double[] requestsPerSecond) {}
