/** From a triggered event to its answer: queue, batches, order, shutdown. */
@NullMarked
package com.lattestream.core.internal.delivery;

import org.jspecify.annotations.NullMarked;
