package com.lattestream.tenants;

import com.lattestream.spring.broadcast.Broadcast;

/** A broadcast that names no client. */
@Broadcast(channel = "news", event = "published")
public record NewsPublished(String headline) {}
