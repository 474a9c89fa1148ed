package com.lattestream.samples.chat.room;

import com.lattestream.spring.broadcast.Broadcast;

/**
 * A user was invited to a room. The event is sent to the guest's own channel and to the channel of the room.
 *
 * @param room the room, including the guest
 * @param guest the name of the invited user
 * @param host the name of the user that sent the invitation
 */
@Broadcast(
        channel = {"private-user-{guest}", "presence-room-{room.id}"},
        event = "invited")
record MemberInvited(Room room, String guest, String host) {}
