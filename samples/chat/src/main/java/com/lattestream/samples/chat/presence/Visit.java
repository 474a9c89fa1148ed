package com.lattestream.samples.chat.presence;

import com.lattestream.spring.broadcast.Broadcast;

/**
 * A user has entered or left a room.
 *
 * @param channel the channel of the room
 * @param name the name of the user
 * @param here whether the user is in the room now
 */
@Broadcast(channel = "{channel}", event = "visit")
record Visit(String channel, String name, boolean here) {}
