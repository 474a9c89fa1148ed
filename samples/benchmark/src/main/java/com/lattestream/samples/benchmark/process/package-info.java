/** The processes of a run: the sink, the contestants, and the main process. */
@NullMarked
package com.lattestream.samples.benchmark.process;

import org.jspecify.annotations.NullMarked;
