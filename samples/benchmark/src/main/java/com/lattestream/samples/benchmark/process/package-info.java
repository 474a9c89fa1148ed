/** The processes of a run: the sink, the contestants, and who drives them. */
@NullMarked
package com.lattestream.samples.benchmark.process;

import org.jspecify.annotations.NullMarked;
