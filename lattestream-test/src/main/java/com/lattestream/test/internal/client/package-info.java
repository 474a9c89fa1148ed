/** The client side of the protocol for tests: discovery and WebSocket, as used by the browser client. */
@NullMarked
package com.lattestream.test.internal.client;

import org.jspecify.annotations.NullMarked;
