/** The WebSocket of the local engine. */
@NullMarked
package com.lattestream.test.internal.socket;

import org.jspecify.annotations.NullMarked;
