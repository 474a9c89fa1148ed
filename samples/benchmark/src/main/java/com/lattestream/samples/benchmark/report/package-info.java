/** What a run has found, for a reader: a page, its pictures, and the numbers as JSON. */
@NullMarked
package com.lattestream.samples.benchmark.report;

import org.jspecify.annotations.NullMarked;
