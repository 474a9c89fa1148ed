package com.lattestream.samples.benchmark.result;

/**
 * Where it was measured.
 *
 * @param processor the processor's name
 * @param cores how many cores the run may use
 * @param memoryGib how much memory there is
 * @param system the operating system
 * @param java the JDK that everything ran on
 * @param otherJava the JDK with virtual threads; empty if there was none
 * @param sink the server that answered
 */
public record Machine(
        String processor, int cores, long memoryGib, String system, String java, String otherJava, String sink) {}
