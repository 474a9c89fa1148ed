/** Measures throughput, latency, memory, and how costs grow with sizes. */
@NullMarked
package com.lattestream.samples.benchmark.measure;

import org.jspecify.annotations.NullMarked;
