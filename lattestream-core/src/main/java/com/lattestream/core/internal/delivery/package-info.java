/**
 * Delivery of events: from their acceptance until their futures are complete.
 *
 * <p>The structure is that of Kafka's producer. {@code EventAccumulator} is its record accumulator, a {@code Lane} the
 * queue of a partition (here a channel) that is muted while a batch is in flight, {@code QueueCapacity} the buffer
 * pool, {@code IncompleteEvents} the incomplete batches, {@code SendLoop} and {@code BatchSender} the sender, and the
 * batch interval {@code linger.ms}.
 */
@NullMarked
package com.lattestream.core.internal.delivery;

import org.jspecify.annotations.NullMarked;
