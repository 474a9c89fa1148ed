/** The results of a run, as they are written to JSON and drawn. */
@NullMarked
package com.lattestream.samples.benchmark.result;

import org.jspecify.annotations.NullMarked;
