/** How domain events become events on channels. */
@NullMarked
package com.lattestream.spring.internal.broadcast;

import org.jspecify.annotations.NullMarked;
