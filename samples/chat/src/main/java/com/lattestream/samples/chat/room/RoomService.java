package com.lattestream.samples.chat.room;

import com.lattestream.samples.chat.account.Accounts;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.server.ResponseStatusException;

/** Opens rooms, adds members, and determines whether a user may enter. */
@Service
@Transactional
public class RoomService {

    static final int MAX_ROOMS = 20;

    static final int MAX_MEMBERS = 50;

    private final Rooms rooms;

    private final Accounts accounts;

    private final ApplicationEventPublisher events;

    RoomService(Rooms rooms, Accounts accounts, ApplicationEventPublisher events) {
        this.rooms = rooms;
        this.accounts = accounts;
        this.events = events;
    }

    @Transactional(readOnly = true)
    List<Room> roomsOf(String user) {
        return rooms.findAllFor(user);
    }

    /**
     * Whether a user may enter a room.
     * @param room the id of the room
     * @param user the name of the user
     * @return true for members of the room, and for open rooms; false if the room does not exist
     */
    @Transactional(readOnly = true)
    public boolean admits(long room, String user) {
        return rooms.findById(room).filter(found -> found.admits(user)).isPresent();
    }

    Room open(String name, String owner) {
        requireRoomLimit(owner);
        return rooms.save(Room.privateRoom(name, owner));
    }

    Room invite(long id, String host, String name) {
        Room room = rooms.findLockedById(id)
                .filter(found -> found.admits(host))
                .orElseThrow(
                        () -> new ResponseStatusException(HttpStatus.FORBIDDEN, "You are not a member of this room."));
        String guest = accounts.find(name)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no user " + name + "."));
        if (room.admits(guest)) {
            return room;
        }
        if (room.members().size() >= MAX_MEMBERS) {
            throw new ResponseStatusException(
                    HttpStatus.CONFLICT, "A room can have at most " + MAX_MEMBERS + " members.");
        }
        requireRoomLimit(guest);
        Room larger = rooms.save(room.with(guest));
        events.publishEvent(new MemberInvited(larger, guest, host));
        return larger;
    }

    private void requireRoomLimit(String user) {
        if (rooms.findAllFor(user).size() >= MAX_ROOMS) {
            throw new ResponseStatusException(
                    HttpStatus.CONFLICT, user + " can be a member of at most " + MAX_ROOMS + " rooms.");
        }
    }
}
