package com.lattestream.samples.chat.room;

import com.lattestream.core.PresenceMember;
import com.lattestream.spring.auth.ChannelAuthorizer;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Decides who may subscribe. What matches neither method is refused. */
@Component
class RoomChannels {

    private final RoomService rooms;

    RoomChannels(RoomService rooms) {
        this.rooms = rooms;
    }

    /** A room's channel is for who belongs to it; the others there see them by name. */
    @ChannelAuthorizer("presence-room-{id}")
    @Nullable PresenceMember mayEnter(Principal user, long id) {
        return rooms.admits(id, user.getName()) ? PresenceMember.of(user.getName()) : null;
    }

    /** What concerns one user alone, such as an invitation, is on a channel of their own. */
    @ChannelAuthorizer("private-user-{name}")
    boolean isOwn(Principal user, String name) {
        return user.getName().equals(name);
    }
}
