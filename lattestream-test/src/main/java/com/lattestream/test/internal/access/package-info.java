/** Who may do what: keys, signed requests, tokens. */
@NullMarked
package com.lattestream.test.internal.access;

import org.jspecify.annotations.NullMarked;
