package com.lattestream.samples.benchmark.result;

import java.util.stream.IntStream;

/**
 * The time that an empty web application with Actuator needs to start, in milliseconds from the start of the JVM, with
 * one value per round.
 *
 * @param without the application without a messaging starter
 * @param with the application with LatteStream's starter
 * @param withAmqp the application with Spring Boot's starter for AMQP instead; empty if it was not measured
 * @param withKafka the application with Spring Boot's starter for Kafka instead; empty if it was not measured
 */
public record Startup(double[] without, double[] with, double[] withAmqp, double[] withKafka) {

    /**
     * Returns the time that a starter adds.
     * @param starter the times with the starter
     * @return the difference to the application without it, round by round
     */
    public Spread added(double[] starter) {
        return Spread.of(IntStream.range(0, starter.length)
                .mapToDouble(round -> starter[round] - without[round])
                .toArray());
    }
}
