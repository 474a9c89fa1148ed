/** What operators are told. */
@NullMarked
package com.lattestream.core.internal.logging;

import org.jspecify.annotations.NullMarked;
