package com.lattestream.samples.outbox;

import com.lattestream.spring.broadcast.Broadcast;

/**
 * An order was shipped. Triggered as an event after the commit of the transaction in which it is published.
 *
 * @param orderId the number of the order
 * @param carrier the company that delivers the order
 */
@Broadcast(channel = "private-order-{orderId}", event = "shipped")
record OrderShipped(long orderId, String carrier) {}
