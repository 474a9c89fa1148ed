/** Rooms, their members, and the authorization of subscriptions to their channels. */
@NullMarked
package com.lattestream.samples.chat.room;

import org.jspecify.annotations.NullMarked;
