/** Measures the performance of the client, in turn with other clients and with the capacity of the machine. */
@NullMarked
package com.lattestream.samples.benchmark;

import org.jspecify.annotations.NullMarked;
