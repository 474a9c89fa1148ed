/** Log lines for operators. */
@NullMarked
package com.lattestream.core.internal.logging;

import org.jspecify.annotations.NullMarked;
