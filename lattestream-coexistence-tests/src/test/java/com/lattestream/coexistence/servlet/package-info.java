/** An application with the usual parts of real applications. */
@NullMarked
package com.lattestream.coexistence.servlet;

import org.jspecify.annotations.NullMarked;
