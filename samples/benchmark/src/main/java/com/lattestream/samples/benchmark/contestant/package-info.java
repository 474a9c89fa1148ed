/** The clients that are compared. Each sends the same events to the same sink, in a process of its own. */
@NullMarked
package com.lattestream.samples.benchmark.contestant;

import org.jspecify.annotations.NullMarked;
