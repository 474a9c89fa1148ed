/** What single steps cost, against what they cannot do without. */
@NullMarked
package com.lattestream.samples.benchmark.micro;

import org.jspecify.annotations.NullMarked;
