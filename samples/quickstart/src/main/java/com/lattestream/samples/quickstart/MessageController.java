package com.lattestream.samples.quickstart;

import com.lattestream.core.LatteStreamException;
import com.lattestream.core.LatteStreamTemplate;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Receives messages, and sends them to every browser that has the page open. */
@RestController
class MessageController {

    private static final Logger logger = LoggerFactory.getLogger(MessageController.class);

    private final LatteStreamTemplate latteStream;

    MessageController(LatteStreamTemplate latteStream) {
        this.latteStream = latteStream;
    }

    /** Responds with 202 when the service has accepted the event, not before. */
    @PostMapping("/messages")
    CompletableFuture<ResponseEntity<Void>> post(@RequestBody Message message) {
        return latteStream
                .trigger("chat", "message", Map.of("text", message.checkedText(), "at", Instant.now()))
                .thenApply(result -> ResponseEntity.accepted().build());
    }

    @ExceptionHandler
    ProblemDetail notDelivered(LatteStreamException failure) {
        logger.warn("A message was not delivered: {}", failure.getMessage());
        return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_GATEWAY, "The message could not be delivered");
    }

    /**
     * The body of the request.
     *
     * @param text the text of the message; null if it is missing
     */
    record Message(@Nullable String text) {

        private static final int MAX_LENGTH = 1000;

        String checkedText() {
            if (text == null || text.isBlank() || text.length() > MAX_LENGTH) {
                throw new ResponseStatusException(
                        HttpStatus.BAD_REQUEST, "text must have 1 to " + MAX_LENGTH + " characters");
            }
            return text;
        }
    }
}
