/** Requests to applications that use the starter: on Spring MVC and on Spring WebFlux, in turn. */
@NullMarked
package com.lattestream.samples.benchmark.web;

import org.jspecify.annotations.NullMarked;
