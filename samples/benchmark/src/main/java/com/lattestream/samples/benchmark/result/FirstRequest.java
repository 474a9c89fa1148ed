package com.lattestream.samples.benchmark.result;

/**
 * The time of requests in new JVMs, in milliseconds, with one value per JVM.
 *
 * @param first the first request after the start of the application, which initializes HTTP and connects
 * @param later a request after 1,000 others
 */
public record FirstRequest(double[] first, double[] later) {}
