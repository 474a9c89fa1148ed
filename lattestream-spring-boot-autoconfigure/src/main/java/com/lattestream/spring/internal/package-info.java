/** Classes that several internal packages share. */
@NullMarked
package com.lattestream.spring.internal;

import org.jspecify.annotations.NullMarked;
