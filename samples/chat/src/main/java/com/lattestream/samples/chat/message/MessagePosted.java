package com.lattestream.samples.chat.message;

import com.lattestream.spring.broadcast.Broadcast;

/**
 * A message was stored. After the commit, it is sent to all subscribers of the room, except for the page that posted
 * it.
 *
 * @param message the message, which is the data of the event
 */
@Broadcast(channel = "presence-room-{message.room}", event = "message", payload = "message", toOthers = true)
record MessagePosted(Message message) {}
