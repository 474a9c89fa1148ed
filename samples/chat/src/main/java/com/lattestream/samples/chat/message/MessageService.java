package com.lattestream.samples.chat.message;

import com.lattestream.samples.chat.room.RoomService;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.server.ResponseStatusException;

/** Stores messages, and publishes the events that broadcast them. */
@Service
@Transactional
class MessageService {

    static final Limit PAGE = Limit.of(50);

    private final Messages messages;

    private final RoomService rooms;

    private final ApplicationEventPublisher events;

    MessageService(Messages messages, RoomService rooms, ApplicationEventPublisher events) {
        this.messages = messages;
        this.rooms = rooms;
        this.events = events;
    }

    Message post(long room, String author, String text, UUID nonce) {
        requireMember(room, author);
        return messages.findByRoomAndAuthorAndNonce(room, author, nonce).orElseGet(() -> {
            Message message = messages.save(
                    new Message(null, room, author, text, nonce, Instant.now().truncatedTo(ChronoUnit.MILLIS)));
            events.publishEvent(new MessagePosted(message));
            return message;
        });
    }

    /** Returns the newest messages before a given one, oldest first. */
    @Transactional(readOnly = true)
    List<Message> before(long before, long room, String reader) {
        requireMember(room, reader);
        List<Message> page = new ArrayList<>(messages.findByRoomAndIdLessThanOrderByIdDesc(room, before, PAGE));
        Collections.reverse(page);
        return page;
    }

    /** Rejects a room that the user may not enter with the same response as a room that does not exist. */
    private void requireMember(long room, String user) {
        if (!rooms.admits(room, user)) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN, "This room is not yours.");
        }
    }
}
