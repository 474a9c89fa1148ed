/** What is done about a service that fails: trying again, and sparing it. */
@NullMarked
package com.lattestream.core.internal.resilience;

import org.jspecify.annotations.NullMarked;
