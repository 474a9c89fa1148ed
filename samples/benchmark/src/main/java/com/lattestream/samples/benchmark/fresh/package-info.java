/** Values that change all the time, during an outage: with and without conflation and expiry. */
@NullMarked
package com.lattestream.samples.benchmark.fresh;

import org.jspecify.annotations.NullMarked;
