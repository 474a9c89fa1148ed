/** The application whose first request is measured. It has a package of its own because of component scanning. */
@NullMarked
package com.lattestream.samples.benchmark.startup.trigger;

import org.jspecify.annotations.NullMarked;
