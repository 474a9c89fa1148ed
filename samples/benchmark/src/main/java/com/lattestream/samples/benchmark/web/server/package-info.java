/** The application that is measured. It runs in a JVM of its own on each web stack. */
@NullMarked
package com.lattestream.samples.benchmark.web.server;

import org.jspecify.annotations.NullMarked;
