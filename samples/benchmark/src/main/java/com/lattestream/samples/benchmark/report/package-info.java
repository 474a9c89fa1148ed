/** Writes the results of a run for readers: a page, its pictures, and the numbers as JSON. */
@NullMarked
package com.lattestream.samples.benchmark.report;

import org.jspecify.annotations.NullMarked;
