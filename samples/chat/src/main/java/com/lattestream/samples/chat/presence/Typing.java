package com.lattestream.samples.chat.presence;

import com.lattestream.spring.ChannelEvent;

/**
 * A user is typing. Browsers send this event to each other. The declaration adds it to the application's AsyncAPI
 * document, from which the page takes its types.
 *
 * @param name the name of the user, which is a claim of the sender's browser
 */
@ChannelEvent(channel = "presence-room-{id}", event = "client-typing")
record Typing(String name) {}
