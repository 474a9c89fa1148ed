package com.lattestream.samples.quickstart.webflux;

import com.lattestream.spring.auth.ChannelAuthorizer;
import com.lattestream.spring.broadcast.Broadcast;
import java.security.Principal;
import java.time.Instant;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Notes that only their owner sees, on every device. */
@Service
class Notes {

    /**
     * Triggers the note when it is emitted, except for the connection that the request names in {@code X-Socket-ID}.
     */
    @Broadcast(channel = "private-notes-{owner}", event = "note", toOthers = true)
    Mono<Note> write(String owner, Mono<String> text) {
        return text.map(written -> new Note(owner, written, Instant.now()));
    }

    /** Decides on subscriptions. An application would query a repository here, without blocking. */
    @ChannelAuthorizer("private-notes-{owner}")
    Mono<Boolean> mayRead(Principal user, String owner) {
        return Mono.just(user.getName().equals(owner));
    }

    /**
     * A note.
     *
     * @param owner the name of the user
     * @param text the text
     * @param at when the note was written
     */
    record Note(String owner, String text, Instant at) {}
}
