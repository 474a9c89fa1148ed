/** An application with nothing of its own. */
@NullMarked
package com.lattestream.samples.benchmark.startup.empty;

import org.jspecify.annotations.NullMarked;
