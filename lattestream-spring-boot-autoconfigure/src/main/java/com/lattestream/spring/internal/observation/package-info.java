/** How requests to the service become observations. */
@NullMarked
package com.lattestream.spring.internal.observation;

import org.jspecify.annotations.NullMarked;
