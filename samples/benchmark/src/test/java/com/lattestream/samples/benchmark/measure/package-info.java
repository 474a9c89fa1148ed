/** Tests of how calls are timed. */
@NullMarked
package com.lattestream.samples.benchmark.measure;

import org.jspecify.annotations.NullMarked;
