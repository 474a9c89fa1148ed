/** Observations of requests to the service, with API to customize their names and tags. */
@NullMarked
package com.lattestream.spring.observation;

import org.jspecify.annotations.NullMarked;
