/** API for application events and return values that are triggered on channels. */
@NullMarked
package com.lattestream.spring.broadcast;

import org.jspecify.annotations.NullMarked;
