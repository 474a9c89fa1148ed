@NullMarked
package com.lattestream.samples.benchmark.fresh;

import org.jspecify.annotations.NullMarked;
