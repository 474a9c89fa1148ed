package com.lattestream.misfits;

import com.lattestream.spring.broadcast.Broadcast;

/** Has no property of the name that its channel asks for. */
@Broadcast(channel = "private-order-{orderID}")
public record OrderLost(long orderId, String reason) {}
