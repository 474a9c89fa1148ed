package com.lattestream.samples.chat.room;

import com.lattestream.core.PresenceMember;
import com.lattestream.spring.auth.ChannelAuthorizer;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Decides on subscriptions. Other private channels are denied. */
@Component
class RoomChannelAuthorizers {

    private final RoomService rooms;

    RoomChannelAuthorizers(RoomService rooms) {
        this.rooms = rooms;
    }

    /** Admits users who may enter the room; other members see them by name. */
    @ChannelAuthorizer("presence-room-{id}")
    @Nullable PresenceMember mayEnter(Principal user, long id) {
        return rooms.admits(id, user.getName()) ? PresenceMember.of(user.getName()) : null;
    }

    /** Admits a user to the channel of their own, which receives events such as invitations. */
    @ChannelAuthorizer("private-user-{name}")
    boolean isOwn(Principal user, String name) {
        return user.getName().equals(name);
    }
}
