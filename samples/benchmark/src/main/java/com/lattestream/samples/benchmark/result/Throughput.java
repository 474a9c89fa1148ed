package com.lattestream.samples.benchmark.result;

/**
 * The throughput of one contestant.
 *
 * @param contestant the name, such as {@code lattestream-8}
 * @param eventsPerSecond events that the sink has accepted, one value per round
 * @param requestsPerSecond requests with these events, one value per round
 */
public record Throughput(String contestant, double[] eventsPerSecond, double[] requestsPerSecond) {}
