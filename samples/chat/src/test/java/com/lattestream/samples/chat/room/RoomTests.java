package com.lattestream.samples.chat.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class RoomTests {

    @Test
    void allUsersBelongToAnOpenRoom() {
        assertThat(new Room(1L, "Lobby", true, Set.of()).admits("Mallory")).isTrue();
    }

    @Test
    void aPrivateRoomIsForItsOwnerAtFirst() {
        Room room = Room.privateRoom("Books", "Alice");

        assertThat(room.admits("Alice")).isTrue();
        assertThat(room.admits("Bob")).isFalse();
        assertThat(room.admits("alice")).isFalse();
    }

    @Test
    void aGuestBelongsToItFromThenOn() {
        Room room = Room.privateRoom("Books", "Alice");
        Room larger = room.with("Bob");

        assertThat(larger.admits("Bob")).isTrue();
        assertThat(larger.admits("Alice")).isTrue();
        assertThat(room.admits("Bob")).isFalse();
    }
}
