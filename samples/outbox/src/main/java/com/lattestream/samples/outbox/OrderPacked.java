package com.lattestream.samples.outbox;

/**
 * The result of {@link OrderService#pack}.
 *
 * @param orderId the number of the order
 */
record OrderPacked(long orderId) {}
