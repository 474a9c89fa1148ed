package com.lattestream.samples.benchmark.result;

/**
 * A goal, and what was reached.
 *
 * @param what what is compared with what
 * @param target the goal, such as {@code ≥ 0.70}
 * @param reached what was measured
 * @param unit what follows a value, such as {@code ×}, {@code  KiB} or nothing
 * @param met whether the median is within the goal
 */
public record Goal(String what, String target, Spread reached, String unit, boolean met) {}
