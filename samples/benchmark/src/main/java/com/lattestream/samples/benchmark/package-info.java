/** How fast the client is: measured in turn with its peers, and with what the machine can do at all. */
@NullMarked
package com.lattestream.samples.benchmark;

import org.jspecify.annotations.NullMarked;
