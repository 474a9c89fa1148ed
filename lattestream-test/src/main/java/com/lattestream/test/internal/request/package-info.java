/** Recorded requests, and reading of request bodies. */
@NullMarked
package com.lattestream.test.internal.request;

import org.jspecify.annotations.NullMarked;
