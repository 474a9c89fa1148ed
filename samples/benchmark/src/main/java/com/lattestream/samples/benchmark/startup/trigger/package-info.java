/** The application whose first request is measured, in a package of its own for the sake of component scanning. */
@NullMarked
package com.lattestream.samples.benchmark.startup.trigger;

import org.jspecify.annotations.NullMarked;
