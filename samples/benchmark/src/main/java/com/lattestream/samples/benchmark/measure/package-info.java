/** How long calls take, and what grows with what. */
@NullMarked
package com.lattestream.samples.benchmark.measure;

import org.jspecify.annotations.NullMarked;
