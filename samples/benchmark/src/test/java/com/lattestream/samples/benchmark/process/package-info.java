/** Tests of the processes. */
@NullMarked
package com.lattestream.samples.benchmark.process;

import org.jspecify.annotations.NullMarked;
