package com.lattestream.samples.benchmark.result;

/**
 * The machine of a run.
 *
 * @param processor the name of the processor
 * @param cores the number of cores that the run may use
 * @param memoryGib the size of the memory, in GiB
 * @param system the operating system
 * @param java the JDK of the run
 * @param otherJava the JDK with virtual threads; empty if there was none
 * @param sink the server that responded to the requests
 */
public record Machine(
        String processor, int cores, long memoryGib, String system, String java, String otherJava, String sink) {}
