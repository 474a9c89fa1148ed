/** The wire of a client for tests: discovery and WebSocket, as the browser client uses them. */
@NullMarked
package com.lattestream.test.internal.client;

import org.jspecify.annotations.NullMarked;
