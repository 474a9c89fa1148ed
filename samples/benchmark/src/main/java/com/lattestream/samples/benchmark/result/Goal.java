package com.lattestream.samples.benchmark.result;

/**
 * A goal and the result.
 *
 * @param what the subject of the comparison
 * @param target the goal, such as {@code ≥ 0.70}
 * @param reached the result
 * @param unit the suffix of a value, such as {@code ×} or {@code  KiB}; empty for none
 * @param met whether the median meets the goal
 */
public record Goal(String what, String target, Spread reached, String unit, boolean met) {}
