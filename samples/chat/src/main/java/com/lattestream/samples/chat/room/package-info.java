/** Rooms, who belongs to them, and who may subscribe to their channels. */
@NullMarked
package com.lattestream.samples.chat.room;

import org.jspecify.annotations.NullMarked;
