/** Tests of the measurement of starts. */
@NullMarked
package com.lattestream.samples.benchmark.startup;

import org.jspecify.annotations.NullMarked;
