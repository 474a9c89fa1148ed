/** Conversion of application events and return values to events on channels. */
@NullMarked
package com.lattestream.spring.internal.broadcast;

import org.jspecify.annotations.NullMarked;
