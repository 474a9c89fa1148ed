package com.lattestream.samples.chat.message;

import com.lattestream.spring.broadcast.Broadcast;

/**
 * A message was stored: after the commit, everybody in the room hears of it, except for the page that sent it.
 *
 * @param message the message, which is what subscribers get
 */
@Broadcast(channel = "presence-room-{message.room}", event = "message", payload = "message", toOthers = true)
record MessagePosted(Message message) {}
