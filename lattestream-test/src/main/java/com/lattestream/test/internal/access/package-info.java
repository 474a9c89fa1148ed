/** Authentication and authorization: keys, signed requests, tokens and origins. */
@NullMarked
package com.lattestream.test.internal.access;

import org.jspecify.annotations.NullMarked;
