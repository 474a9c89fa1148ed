package com.lattestream.samples.chat.room;

import com.lattestream.spring.broadcast.Broadcast;

/**
 * Somebody was invited to a room: heard by the guest, wherever they are, and by those who are in the room.
 *
 * @param room the room, the guest included
 * @param guest who was invited
 * @param host who did it
 */
@Broadcast(
        channel = {"private-user-{guest}", "presence-room-{room.id}"},
        event = "invited")
record MemberInvited(Room room, String guest, String host) {}
