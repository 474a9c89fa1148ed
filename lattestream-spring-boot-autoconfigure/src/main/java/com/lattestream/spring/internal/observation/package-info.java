/** Observations of requests to the service. */
@NullMarked
package com.lattestream.spring.internal.observation;

import org.jspecify.annotations.NullMarked;
