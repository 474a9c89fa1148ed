/** Sends signed requests to the service over HTTP. */
@NullMarked
package com.lattestream.core.internal.http;

import org.jspecify.annotations.NullMarked;
