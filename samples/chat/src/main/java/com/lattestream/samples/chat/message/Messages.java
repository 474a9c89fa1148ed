package com.lattestream.samples.chat.message;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.repository.Repository;

/** The repository of messages. */
interface Messages extends Repository<Message, Long> {

    Message save(Message message);

    Optional<Message> findByRoomAndAuthorAndNonce(long room, String author, UUID nonce);

    /** Finds the newest messages before a given one, newest first. */
    List<Message> findByRoomAndIdLessThanOrderByIdDesc(long room, long before, Limit limit);
}
