/** The JSON of the wire protocol, written and read. */
@NullMarked
package com.lattestream.core.internal.wire;

import org.jspecify.annotations.NullMarked;
