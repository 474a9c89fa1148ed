/** Measures single steps in comparison with their unavoidable cost. */
@NullMarked
package com.lattestream.samples.benchmark.micro;

import org.jspecify.annotations.NullMarked;
