package com.lattestream.samples.chat.room;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.MappedCollection;
import org.springframework.data.relational.core.mapping.Table;

/**
 * A room.
 *
 * @param id the id; null until the room is stored
 * @param name the name
 * @param open whether every user is a member
 * @param members the members, if the room is not open
 */
public record Room(
        @Id @Nullable Long id,
        String name,
        boolean open,
        @MappedCollection(idColumn = "ROOM") Set<Member> members) {

    static Room privateRoom(String name, String owner) {
        return new Room(null, name, false, Set.of(new Member(owner)));
    }

    boolean admits(String user) {
        return open || members.contains(new Member(user));
    }

    Room with(String guest) {
        Set<Member> more = new LinkedHashSet<>(members);
        more.add(new Member(guest));
        return new Room(id, name, open, more);
    }

    /**
     * A member of a room.
     *
     * @param name the name of the user
     */
    @Table("ROOM_MEMBER")
    public record Member(@JsonValue String name) {}
}
