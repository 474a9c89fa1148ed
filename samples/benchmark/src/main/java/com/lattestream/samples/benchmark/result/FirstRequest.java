package com.lattestream.samples.benchmark.result;

/**
 * How long requests take in a fresh JVM, in milliseconds, one value for each JVM.
 *
 * @param first the first request after the start of the application, which sets up HTTP and connects
 * @param later a request after 1,000 others
 */
public record FirstRequest(double[] first, double[] later) {}
