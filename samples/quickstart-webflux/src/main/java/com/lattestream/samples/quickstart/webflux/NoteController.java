package com.lattestream.samples.quickstart.webflux;

import com.lattestream.samples.quickstart.webflux.MessageController.Message;
import java.security.Principal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Receives notes of users who are logged in. */
@RestController
class NoteController {

    private final Notes notes;

    NoteController(Notes notes) {
        this.notes = notes;
    }

    @PostMapping("/notes")
    Mono<Notes.Note> write(Principal user, @RequestBody Mono<Message> note) {
        return notes.write(user.getName(), note.map(Message::checkedText));
    }
}
