/** Webhooks on Spring WebFlux: the filter, the body reader, and the guard of handlers. */
@NullMarked
package com.lattestream.spring.internal.webhook.reactive;

import org.jspecify.annotations.NullMarked;
