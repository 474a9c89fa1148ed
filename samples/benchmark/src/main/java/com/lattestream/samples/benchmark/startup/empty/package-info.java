/** An application without beans of its own. */
@NullMarked
package com.lattestream.samples.benchmark.startup.empty;

import org.jspecify.annotations.NullMarked;
