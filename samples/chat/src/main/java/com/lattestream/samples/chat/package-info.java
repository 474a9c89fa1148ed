/** A chat: rooms whose messages are stored and broadcast, and what happens on them. One package for each feature. */
@NullMarked
package com.lattestream.samples.chat;

import org.jspecify.annotations.NullMarked;
