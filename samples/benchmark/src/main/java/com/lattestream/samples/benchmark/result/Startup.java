package com.lattestream.samples.benchmark.result;

/**
 * How long an empty web application with Actuator takes to start, in milliseconds from the start of the JVM, one value
 * a round.
 *
 * @param without the application as it is
 * @param with the same with the starter
 */
public record Startup(double[] without, double[] with) {}
