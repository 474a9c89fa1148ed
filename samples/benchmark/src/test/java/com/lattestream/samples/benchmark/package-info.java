/** Tests of the benchmark. */
@NullMarked
package com.lattestream.samples.benchmark;

import org.jspecify.annotations.NullMarked;
