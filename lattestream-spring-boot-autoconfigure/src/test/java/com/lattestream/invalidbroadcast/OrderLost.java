package com.lattestream.invalidbroadcast;

import com.lattestream.spring.broadcast.Broadcast;

/** Has no property of the name in its channel. */
@Broadcast(channel = "private-order-{orderID}")
public record OrderLost(long orderId, String reason) {}
