/** What a run has found, as it is written to JSON and drawn. */
@NullMarked
package com.lattestream.samples.benchmark.result;

import org.jspecify.annotations.NullMarked;
