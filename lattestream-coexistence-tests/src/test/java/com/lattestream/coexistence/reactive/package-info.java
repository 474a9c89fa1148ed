/** A reactive application with a WebSocket of its own. */
@NullMarked
package com.lattestream.coexistence.reactive;

import org.jspecify.annotations.NullMarked;
