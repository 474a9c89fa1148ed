package com.lattestream.samples.chat.presence;

import com.lattestream.spring.broadcast.Broadcast;

/**
 * A user has entered or left a room.
 *
 * @param room the id of the room
 * @param name the name of the user
 * @param here whether the user is in the room now
 */
@Broadcast(channel = "presence-room-{room}", event = "visit")
record Visit(String room, String name, boolean here) {}
