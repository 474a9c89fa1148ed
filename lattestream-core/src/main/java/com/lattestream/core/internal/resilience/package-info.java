/** When a failed exchange is tried again. */
@NullMarked
package com.lattestream.core.internal.resilience;

import org.jspecify.annotations.NullMarked;
