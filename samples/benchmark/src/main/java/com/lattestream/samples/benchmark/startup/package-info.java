/** Measures the time that the starter adds to the start of an application. */
@NullMarked
package com.lattestream.samples.benchmark.startup;

import org.jspecify.annotations.NullMarked;
