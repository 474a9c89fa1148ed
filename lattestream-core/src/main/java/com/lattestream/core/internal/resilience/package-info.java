/** Retries and circuit breakers. */
@NullMarked
package com.lattestream.core.internal.resilience;

import org.jspecify.annotations.NullMarked;
