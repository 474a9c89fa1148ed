/** The endpoint that authorizes subscriptions, on Spring WebFlux. */
@NullMarked
package com.lattestream.spring.internal.auth.reactive;

import org.jspecify.annotations.NullMarked;
