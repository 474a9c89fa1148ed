/** A message goes from a POST, through LatteStream, to every browser that has the page open, without blocking a thread. */
@NullMarked
package com.lattestream.samples.quickstart.webflux;

import org.jspecify.annotations.NullMarked;
