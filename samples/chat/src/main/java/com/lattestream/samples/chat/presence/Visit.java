package com.lattestream.samples.chat.presence;

import com.lattestream.spring.broadcast.Broadcast;

/**
 * Somebody came or went.
 *
 * @param channel the room's channel
 * @param name who it is
 * @param here whether they are there now
 */
@Broadcast(channel = "{channel}", event = "visit")
record Visit(String channel, String name, boolean here) {}
