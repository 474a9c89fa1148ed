/**
 * A message is posted, sent to LatteStream, and received by every browser that has the page open, without blocking a
 * thread.
 */
@NullMarked
package com.lattestream.samples.quickstart.webflux;

import org.jspecify.annotations.NullMarked;
