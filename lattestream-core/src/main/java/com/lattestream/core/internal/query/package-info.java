/** Caching of queries. */
@NullMarked
package com.lattestream.core.internal.query;

import org.jspecify.annotations.NullMarked;
