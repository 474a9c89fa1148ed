package com.lattestream.samples.chat.message;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;

/**
 * A message.
 *
 * @param id its number, which grows; null as long as it is not stored
 * @param room the number of its room
 * @param author who wrote it
 * @param text the words
 * @param nonce what the author's page calls it, so that trying again does not store it twice
 * @param sentAt when it was stored
 */
record Message(@Id @Nullable Long id, long room, String author, String text, UUID nonce, Instant sentAt) {}
