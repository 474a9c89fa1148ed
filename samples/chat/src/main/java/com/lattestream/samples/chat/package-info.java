/** A chat whose messages are stored and broadcast. Each feature has a package. */
@NullMarked
package com.lattestream.samples.chat;

import org.jspecify.annotations.NullMarked;
