/** Requests: which there were, and how their bodies are read. */
@NullMarked
package com.lattestream.test.internal.request;

import org.jspecify.annotations.NullMarked;
