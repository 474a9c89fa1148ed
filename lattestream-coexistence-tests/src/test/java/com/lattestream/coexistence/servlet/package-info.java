/** An application with what real applications have. */
@NullMarked
package com.lattestream.coexistence.servlet;

import org.jspecify.annotations.NullMarked;
