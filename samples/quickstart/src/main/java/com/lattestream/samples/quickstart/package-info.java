/** Messages are posted, sent to LatteStream, and received by every browser that has the page open. */
@NullMarked
package com.lattestream.samples.quickstart;

import org.jspecify.annotations.NullMarked;
