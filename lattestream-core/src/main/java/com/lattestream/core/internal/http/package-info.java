/** One signed exchange with the service. */
@NullMarked
package com.lattestream.core.internal.http;

import org.jspecify.annotations.NullMarked;
