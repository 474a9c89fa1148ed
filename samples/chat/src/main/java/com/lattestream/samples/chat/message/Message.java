package com.lattestream.samples.chat.message;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;

/**
 * A message.
 *
 * @param id the id, in ascending order; null until the message is stored
 * @param room the id of its room
 * @param author the name of the user that wrote it
 * @param text the text
 * @param nonce an id that the author's page assigns, so that a retry does not store the message twice
 * @param sentAt the time at which it was stored
 */
record Message(@Id @Nullable Long id, long room, String author, String text, UUID nonce, Instant sentAt) {}
