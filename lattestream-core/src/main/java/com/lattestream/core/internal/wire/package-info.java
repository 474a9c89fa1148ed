/** Writes and parses the JSON of the wire protocol. */
@NullMarked
package com.lattestream.core.internal.wire;

import org.jspecify.annotations.NullMarked;
