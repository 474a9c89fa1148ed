/** Faults that are injected into an engine. */
@NullMarked
package com.lattestream.test.internal.fault;

import org.jspecify.annotations.NullMarked;
