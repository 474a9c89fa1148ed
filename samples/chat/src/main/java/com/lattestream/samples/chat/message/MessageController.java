package com.lattestream.samples.chat.message;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.security.Principal;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Messages over HTTP. */
@RestController
@RequestMapping("/api/rooms/{room}/messages")
class MessageController {

    private final MessageService messages;

    MessageController(MessageService messages) {
        this.messages = messages;
    }

    @GetMapping
    List<Message> history(
            @PathVariable long room, @RequestParam(defaultValue = "" + Long.MAX_VALUE) long before, Principal reader) {
        return messages.before(before, room, reader.getName());
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Message post(@PathVariable long room, @Valid @RequestBody NewMessage message, Principal author) {
        return messages.post(room, author.getName(), message.text().strip(), message.nonce());
    }

    record NewMessage(
            @NotBlank(message = "is missing") @Size(max = 1000, message = "must have at most 1000 characters") String text,

            @NotNull(message = "is missing") UUID nonce) {}
}
