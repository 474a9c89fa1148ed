package com.lattestream.samples.chat.room;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.security.Principal;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Rooms over HTTP. */
@RestController
@RequestMapping("/api/rooms")
class RoomController {

    private final RoomService rooms;

    RoomController(RoomService rooms) {
        this.rooms = rooms;
    }

    @GetMapping
    List<Room> mine(Principal user) {
        return rooms.roomsOf(user.getName());
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Room open(@Valid @RequestBody NewRoom room, Principal user) {
        return rooms.open(room.name().strip(), user.getName());
    }

    @PostMapping("/{id}/members")
    Room invite(@PathVariable long id, @Valid @RequestBody Guest guest, Principal user) {
        return rooms.invite(id, user.getName(), guest.name().strip());
    }

    record NewRoom(
            @NotBlank(message = "is missing") @Size(max = 40, message = "must have at most 40 characters") String name) {}

    record Guest(
            @NotBlank(message = "is missing") @Size(max = 20, message = "must have at most 20 characters") String name) {}
}
