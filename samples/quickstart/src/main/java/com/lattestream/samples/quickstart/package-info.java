/** Messages go from a POST, through LatteStream, to every browser that has the page open. */
@NullMarked
package com.lattestream.samples.quickstart;

import org.jspecify.annotations.NullMarked;
