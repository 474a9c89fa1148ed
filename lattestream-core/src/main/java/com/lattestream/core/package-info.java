/** The LatteStream client: trigger events, authorize subscriptions, ask who is there. */
@NullMarked
package com.lattestream.core;

import org.jspecify.annotations.NullMarked;
