package com.lattestream.regions;

import com.lattestream.spring.broadcast.Broadcast;

/** A broadcast that names its client. */
@Broadcast(channel = "private-order-{orderId}", event = "southern", client = "south")
public record SouthernOrderShipped(long orderId) {}
