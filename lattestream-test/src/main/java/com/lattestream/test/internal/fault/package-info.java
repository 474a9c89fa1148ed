/** What goes wrong on purpose. */
@NullMarked
package com.lattestream.test.internal.fault;

import org.jspecify.annotations.NullMarked;
