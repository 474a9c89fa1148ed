/** The browser connection of the current HTTP request, on both web stacks. */
@NullMarked
package com.lattestream.spring.internal.socket;

import org.jspecify.annotations.NullMarked;
