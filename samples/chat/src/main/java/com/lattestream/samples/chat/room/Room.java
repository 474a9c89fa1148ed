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
 * @param id its number; null as long as it is not stored
 * @param name what it is called
 * @param open whether everybody belongs to it
 * @param members who belongs to it, if it is not open
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
     * Somebody who belongs to a room.
     *
     * @param name the user's name
     */
    @Table("ROOM_MEMBER")
    public record Member(@JsonValue String name) {}
}
